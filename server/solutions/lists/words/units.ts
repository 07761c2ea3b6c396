/** Words of units after a number, by the units that offers are sold in (`piece` of any kind), folded. */
export const unitWords: Readonly<Record<string, string>> = {
  piece:
    'x|pc|pcs|pce|pces|piece|pieces|pieza|piezas|pza|pzas|pz|pzz|pezzi|pezzo|st|stk|stck|stuck|stucke|stuks|stuk|stykk|stycken|ea|each|unit|units|u|un|und|c62|h87|ud|uds|unidad|unidades|unite|unites|' +
    'kom|komad|komada|komadi|komade|kos|kosov|ks|kus|kusy|kusu|kusov|szt|sztuk|sztuki|sztuka|db|darab|buc|bucata|bucati|br|broj|broja|sht|shtuk|shtuki|stuk|stuka|stuki|sc|' +
    'adet|ad|tk|tukki|gab|gabali|vnt|kpl|kappale|kappaletta|par c|cad|copë|cope|τεμ|τεμαχια|τμχ|piesa|piese|个|個|件|只|支|יח|יחידות|قطعة|حبة|item|items|no|nos|off|qty|peca|pecas|pecs|antal|el',
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
  thousand: 'thousand|thousands|mille|tsd|tis|tisic|tys|ths|tausend',
};

/** Offers' units that a buyer's "pieces" means. */
export const soldByPiece: ReadonlySet<string> = new Set(['piece', 'item']);

/** Words in headings of quantities that count something else than pieces: thousands, dozens, packs of any size. */
export const scaleWords =
  'k|c|t|h|kpcs|kstk|kst|kea|tsd|tst|tausend|tausender|thousand|thousands|ths|thsd|tys|tysiac|tysiecy|tysiace|tisic|tisice|tisicich|tis|ezer|milliers|millier|mille|miles|millar|millares|migliaia|mii|' +
  'duizend|duizenden|tusen|tusental|tusind|tuhat|tuhatta|tuhansia|hiljada|hiljade|hiljadu|hiljadama|hilj|tisuca|tisuce|tisucu|tisucama|tisoc|tysjac|tysjacah|hiljadi|bin|χιλιαδεσ|million|millions|mio|mln|mpcs|' +
  'hundred|hundreds|hundert|hunderter|hst|sto|stotina|stotine|stotinama|cento|centinaia|centaines|dozen|dozens|doz|dz|dtz|dutzend|tucet|tucty|tuce|tuceta|tuzin|duzina|douzaine|douzaines|docena|docenas|dozzina|dozzine|' +
  'gross|score|ream|lot|lots|pu|pe|mu|pku|vpe|ve|vp|spq|inner|outer|colli|koli|kolli|collo|multipack|pallet|pallets|palette|paletten|paleta|palete|paleti|drum|drums|tray|trays|tube|tubes|layer|layers|lage|lagen';

/** Words in brackets after a heading of quantities that change nothing. */
export const explanations =
  'total|gesamt|sum|summe|suma|tot|new|neu|nova|novo|net|netto|req|reqd|ord|all|sve|ges|uk|ukupno|est|opt|this order|bom|int|integer|whole|min 1|optional|approx|spares|incl spares|number|no|num|#|obavezno|required|pflichtfeld|mandatory|pflicht';
