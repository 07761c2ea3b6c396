/** Words of units after a number, by the units that offers are sold in (`piece` of any kind), folded. */
export const unitWords: Readonly<Record<string, string>> = {
  piece:
    'x|pc|pcs|pce|pces|piece|pieces|pieza|piezas|pza|pzas|pz|pzz|pezzi|pezzo|st|stk|stck|stuck|stucke|stuks|stuk|stykk|stycken|ea|each|unit|units|u|un|und|c62|h87|ud|uds|unidad|unidades|unite|unites|' +
    'kom|komad|komada|komadi|komade|kos|kosov|ks|kus|kusy|kusu|kusov|szt|sztuk|sztuki|sztuka|db|darab|buc|bucata|bucati|br|broj|broja|sht|shtuk|shtuki|stuk|stuka|stuki|sc|' +
    'adet|ad|tk|tukki|gab|gabali|vnt|kpl|kappale|kappaletta|par c|cad|copë|cope|τεμ|τεμαχια|τμχ|piesa|piese|item|items|no|nos|off|qty|peca|pecas|pecs|antal|el',
  metre:
    'm|mtr|mtrs|mt|mts|meter|meters|metre|metres|metar|metara|metra|metri|metry|metru|metrow|lfm|lm|fm|pm|tekuci metar|metro|metros|meetrit|metrai|metru',
  pair: 'pair|pairs|pr|prs|par|pari|para|pary|paru|paar|paire|paires|paia|coppie|pares|pereche|perechi|kaksikko',
  set: 'set|sets|kit|kits|satz|satze|garnitura|garniture|garnitur|sada|sady|komplet|kompleta|kompleti|komplety|kpl set|kompl|keszlet|jeu|jeux|juego|juegos|satser|sats',
  pack:
    'pack|packs|pk|pkg|pkgs|pack s|package|packages|packung|packungen|pakk|pak|pakovanje|pakovanja|paket|paketa|paketi|paketic|pakiranje|pakiranja|baleni|bal|balik|opakowanie|opak|op|csomag|csom|pachet|pachete|' +
    'paquet|paquets|paquete|paquetes|pacco|pacchi|pacote|pacotes|vpe|ve|upak|up|pakke|pakker|paketti',
  box: 'box|boxes|bx|karton|kartona|kartoni|kart|carton|cartons|ctn|ctns|kutija|kutije|krabice|krab|pudelko|doboz|cutie|cutii|boite|boites|caja|cajas|scatola|scatole|doos|dozen doos|koli|lada|kst|kiste|kisten|schachtel',
  dozen: 'dozen|dozens|doz|dz|dtz|dutzend|tucet|tuce|tuceta|tucat|tuzin|duzina|douzaine|docena|dozzina',
  roll: 'roll|rolls|rolle|rollen|rl|rolna|rolne|rolni|rola|role|tekercs|rouleau|rouleaux|rollo|rollos|rotolo|rotoli|rulla|rulle|coil|coils|kotur|kotura|kolut|reel|reels',
  kilogram: 'kg|kgs|kilo|kilos|kilogram|kilograma|kilogramm|g|gr|t|tona|tonne|tonnes',
  litre: 'l|lt|ltr|ltrs|liter|liters|litre|litres|litar|litara|litri|litru|ml',
  hour: 'h|hr|hrs|hour|hours|std|stunde|stunden|sat|sata|sati|hod|hodin|godz|ora|ore|heure|heures|hora|horas|uur|tim|cas|casa',
  bundle: 'bundle|bundles|bdl|bund|snop|svezanj|svazek',
  bag: 'bag|bags|beutel|sack|vreca|vrece|kesa|kese|sacek|pytel|worek|zak|sac|bolsa',
  hundred: 'hundred|hunderter',
  thousand: 'thousand|mille|tsd|tis|tisic|tys|ths',
};

/** Offers' units that a buyer's "pieces" means. */
export const soldByPiece: ReadonlySet<string> = new Set(['piece', 'item']);
