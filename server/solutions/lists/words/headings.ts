/** What a column holds. The roles of the API, and kinds of columns whose numbers are never quantities. */
export type ColumnKind =
  | 'code'
  | 'quantity'
  | 'unit'
  | 'name'
  | 'note'
  | 'vendor'
  | 'position'
  | 'price'
  | 'stock'
  | 'pack'
  | 'handled'
  | 'date'
  | 'populate'
  | 'other';

/**
 * Headings by kind, in the languages of our buyers, folded and without punctuation, so that Cyrillic is written in Latin.
 * Kinds are tried in this order.
 */
export const wholeHeadings: Partial<Record<ColumnKind, string>> = {
  code:
    'code|codes|sku|mpn|part|parts|part number|part no|part nr|pn|p n|article|article number|article no|item|item code|' +
    'item no|item number|product|product code|product no|product number|order code|order number|order no|ordering code|' +
    'catalog number|catalogue number|catalog no|cat no|model|type|reference|ref|references|ean|gtin|upc|barcode|stock code|stock no|' +
    'material|material number|material no|our code|your code|our reference|your reference|' +
    'sifra|sifre|sifra proizvoda|sifra artikla|kod|kodovi|artikal|artikl|proizvod|kataloski broj|kat broj|kat br|oznaka|barkod|' +
    'bar kod|tip|broj artikla|naruceni artikal|kod produktu|kod towaru|kod zbozi|kod tovaru|symbol|indeks|numer|numer katalogowy|nr kat|' +
    'nr katalogowy|nr artykulu|cislo|cislo zbozi|cislo tovaru|katalogove cislo|obj cislo|objednaci cislo|objednavaci cislo|typ|oznaceni|oznacenie|' +
    'artikel|artikelnummer|artikelnr|artikel nr|art nr|artnr|art no|bestellnummer|bestellnr|bestell nr|best nr|materialnummer|' +
    'sachnummer|teilenummer|teile nr|typenbezeichnung|referenz|artikul|kod artikul|kod tovara|nomer|katalozen nomer|' +
    'katalogen nomer|oboznacenie|referencia|ref fabricant|reference fabricant|reference fournisseur|code article|codigo|cod|cod produs|cod articol|codice|codice articolo|' +
    'articolo|articulo|articol|numero de parte|riferimento|cikkszam|cikk szam|termekkod|rendelesi szam|kodszam|bestelnummer|bestelcode|' +
    'artikelcode|varenummer|varenr|varunummer|tuotekoodi|tuotenumero|tootekood|preces kods|prekes kodas|urun kodu|stok kodu|' +
    'matnr|ematn|idnlf|מק ט|מקט|מספר פריט|رقم القطعة|رقم الصنف|型号|料号|编号|品番|型番|' +
    'urun|κωδικοσ|κωδικοσ προιοντοσ|αριθμοσ',
  position:
    'pos|position|positionen|poz|pozicija|pozice|pozycja|no|nr|n|line|line no|line number|row|row no|index|idx|id|seq|sequence|' +
    'rb|r b|r br|rbr|red br|redni broj|redni br|br|lfd nr|lfd|lf nr|laufende nummer|zeile|lp|l p|c|p c|por c|poradi|por cislo|radek|riadok|' +
    'sor|sorszam|ssz|crt|nr crt|linea|riga|ligne|rivi|rad|regel|npp|n p p|p p|n pp|pp|no p p|sira|sira no|α α|num|poste|ebelp|posnr|序号|序號',
  unit:
    'unit|uom|u o m|u of m|um|u m|me|meh|einheit|jm|j m|jed|jed mere|mj|m j|mere|jedinica|jedinica mere|jedinica mjere|merna jedinica|mjerna jedinica|' +
    'jednotka|jednostka|jedn|mertekegyseg|unidad|ud medida|unita|unite|eenheid|enhet|yksikko|birim|ed izm|ed|edinica|merka|μοναδα|uhik|vienetas|mervieniba|meins|bstme|יחידה|الوحدة|单位|單位',
  quantity:
    'quantity|quantities|qty|qtty|quant|amount|count|pcs|pieces|number of pieces|units|kolicina|kolicine|kol|kom|komada|komad|' +
    'broj komada|menge|anzahl|stk|stuck|stuckzahl|ilosc|szt|sztuk|mnozstvi|mnozstvo|pocet|pocet kusu|pocet kusov|ks|kusu|kolicestvo|kol vo|k vo|sht|st|' +
    'mennyiseg|db|darab|darabszam|cantitate|cant|buc|bucati|cantidad|uds|quantita|q ta|qta|qte|quantite|q te|nombre|nb|aantal|antal|antall|stuks|' +
    'maara|kpl|kogus|tk|skaits|gab|kiekis|vnt|adet|miktar|ποσοτητα|τεμ|τεμαχια|kilkist|k st|broj|quantidade|qtd|qtde|paar|pairs|parova|כמות|الكمية|كمية|数量|數量',
  name:
    'name|value|text|naziv|opis|nazev|nazov|nazwa|popis|bezeichnung|benennung|titel|title|description|desc|lager artikel|megnevezes|' +
    'denumire|descriere|designation|libelle|descripcion|descrizione|omschrijving|benamning|beskrivelse|naimenovanie|nimi|nimetus|' +
    'urun adi|kirjeldus|component|specification|spec|product name|ime|ime proizvoda|περιγραφη|nosaukums|pavadinimas|nazva|txz01|maktx|תיאור|الوصف|名称|品名|描述',
  note:
    'note|notes|remark|remarks|comment|comments|bemerkung|bemerkungen|anmerkung|napomena|napomene|primedba|poznamka|uwagi|megjegyzes|' +
    'observatii|nota|notas|opmerking|anmarkning|primecanie|zabeleska|zabelezka|kommentar|commentaire|remarque|bemerking|customer reference|customer ref|' +
    'reference designator|designator|designators|refdes|customer note|usage note|huomautus|παρατηρησεισ|primitka',
  vendor:
    'vendor|supplier|lieferant|dobavljac|dodavatel|dostawca|beszallito|furnizor|fournisseur|proveedor|fornitore|leverancier|' +
    'leverantor|leverandor|postavsik|postavscik|partner|seller|toimittaja|tedarikci|dostavcik|προμηθευτησ|prodavac|vendor name|supplier name',
  price:
    'total|sum|sums|summe|suma|summa|ukupno|iznos|celkem|spolu|razem|osszesen|wert|value eur|betrag|eur|usd|rsd|gbp|pln|czk|huf|ron|' +
    'kc|din|ar|a|montant|importe|importo|totaal|totalt|net|net total|netto|brutto|line total|vrednost|vrijednost|wartosc|hodnota|p u|ep|gp|vk|ek|vp|mp|netpr|netwr|peinh',
  stock:
    'lager|stock|bestand|zaliha|zalihe|stanje|stan|sklad|magazyn|raktar|stoc|inventory|ostatok|saldo|voorraad|varasto|stok|backorder|back order|on order',
  pack: 'moq|multiple|multiples|mult|pack|packs|package|packaging|vpe|ve|spq|pakovanje|pakiranje|baleni|balenie|opakowanie|lot|footprint|kutija|min|max',
  date: 'date|datum|data|year|jahr|godina|rok|ano|annee|anno|eta|termin|due|week|lead time|vreme|srok|godina proizvodnje|delivery|lieferung|isporuka|needed by|required by|datum isporuke|dostawa',
  populate:
    'dnp|dnf|do not populate|do not fit|do not place|not fitted|nicht bestuckt|exclude from bom|no pop|nopop|dni',
};

/** Words that mark a heading, wherever they stand in it. Shorter ones than five letters must be whole words. */
export const headingStems: readonly (readonly [ColumnKind, string])[] = [
  ['populate', 'dnp|dnf|populate|fitted|bestuckt'],
  [
    'other',
    'customs|tariff|hs|zoll|serial|serien|serijski|drawing|zeichnung|crtez|phone|tel|telefon|vat|pdv|mwst|pib|kunde|kunden|customer|project|projekt|rohs|' +
      'manufacturer|manufacture|mfr|mfg|brand|hersteller|proizvodjac|proizvodac|vyrobce|vyrobca|producent|gyarto|producator|fabricant|fabricante|produttore|merk|marka|' +
      'weight|gewicht|tezina|masa|hmotnost|waga|suly|length|breite|width|height|dimension|dimenzije|abmess|voltage|country|land|zemlja|color|colour|farbe|boja|url|link|image|datasheet',
  ],
  [
    'name',
    'name|description|descr|bezeichnung|benennung|naziv|opis|nazev|nazov|nazwa|popis|denominacion|denomination|designacion|megnevezes|denumire|omschrijving|benamning|beskrivelse|naimenovanie|urun adi',
  ],
  [
    'price',
    'price|prices|preis|preise|cena|cene|cijena|cijene|ceny|prix|precio|preco|prezzo|prijs|pris|egysegar|pret|hinta|fiyat|cost|costs|kosten|betrag|rabat|rabatt|popust|sleva|discount|extended|subtotal|stoimost|ukupan iznos|τιμη|kaina|cenu|hind',
  ],
  [
    'date',
    'date|datum|termin|lieferzeit|rok|deadline|week|tyden|tjedan|weeks|days|dana|tage|year|jahr|godina|godini|lead|delivery time|srok',
  ],
  [
    'stock',
    'stock|bestand|zaliha|zalihe|zalihi|stanju|skladem|sklade|skladu|magazynie|raktaron|keszlet|disponibil|disponible|disponibilita|available|availability|verfugbar|dostupno|dostupna|dostupne|inventory|existencias|giacenza|voorraad|lagersaldo|lagerbestand|lager|varastossa|ostatok|nalicii|nalichii|hand|backorder|backordered|reserved|reserviert|rezervisano|zaloha|raspolozivo|tillgangligt|magacin|magacinu|warehouse',
  ],
  [
    'pack',
    'moq|minim|mindest|min|per|pro|box|boxes|najmanj|multiple|pack|packs|package|packaging|packung|verpackung|gebinde|vpe|pakovanje|pakovanju|pakiranje|baleni|balenie|opakowanie|opakowaniu|conditionnement|colisage|embalaje|confezione|spq|increment|carton|karton|kutija|reel|forpackning|verpakking|csomag|ambalaj|upakovk',
  ],
  [
    'handled',
    'delivered|fulfilled|fulfillable|shipped|received|invoiced|geliefert|liefermenge|leveret|levert|levererat|utroseno|utrosak|potroseno|isporuceno|isporucena|isporucene|dostavljeno|otpremljeno|fakturisano|primljeno|odeslano|dodano|dodane|dostarczono|wydano|szallitott|livre|livree|entregado|entregada|consegnat|geleverd|toimitettu|otgruzeno|last|previous|prosle|annual|usage|verbrauch|potrosnja|consumption|forecast|history|returned|cancelled|storniert|avg|average',
  ],
  [
    'unit',
    'einheit|mengeneinheit|uom|jedinica|jednotka|jednostka|mertekegyseg|unit of|eenheid|yksikko|edinica|izmerenija',
  ],
];

/** A heading with one of these words and one of `codeNouns` names codes: "Manufacturer Part Number 1". */
export const codeNumberWords =
  'number|no|nr|num|numero|nummer|code|codes|kod|kodu|cod|codice|codigo|broj|br|cislo|numer|id|szam|kods|kodas|koodi|kood|nomer|n|#|sifra';
export const codeNouns =
  'part|parts|article|artikel|artikal|artikla|art|item|product|produkt|order|ordering|bestell|catalog|catalogue|katalog|katalosk|' +
  'kat|mfr|mfg|manufacturer|manufacture|hersteller|supplier|vendor|lieferant|material|teile|stock|model|typ|type|device|' +
  'proizvod|proizvodaca|proizvodjaca|dobavljaca|nasa|vasa|internal|our|your|component|sku|digikey|mouser|lcsc|farnell|rs|reference';

/** Words that make "Order reference", "Bestellung vom" no quantity. */
export const aboutOrderWords =
  'reference|ref|referenz|referenznummer|referencia|referens|riferimento|id|date|datum|by|from|name|status|line|type|vom|von|dokument|document|belegnr|beleg';

/** Words that make a heading one of codes by themselves. */
export const codeStems =
  'mpn|sku|sifra|sifre|artikelnummer|artikelnr|bestellnummer|bestellnr|artikul|cikkszam|ean|gtin|codice|codigo|kod|kods|kodas|code|codes|kodovi|pn|partnumber|partno|partnr|itemcode|itemno|materialnummer|varenummer|tuotekoodi|teilenummer|κωδικοσ|referenc|oznaka';

/** Words of a quantity, and those that say it is wanted now. */
export const quantityStems =
  'qty|qtty|quantity|quantities|quant|menge|anzahl|stuckzahl|kolicina|kolicine|kol|komada|kom|mnozstvi|mnozstvo|pocet|ilosc|mennyiseg|darabszam|cantitate|cantidad|quantita|quantite|qte|qta|aantal|antal|antall|maara|kogus|skaits|kiekis|adet|miktar|kolicestvo|pcs|pieces|stk|units|ποσοτητα|kilkist|quantidade';
export const wantedStems =
  'order|ordered|needed|need|needs|required|require|requested|request|requirement|wanted|demand|buy|purchase|bestell|bestellen|bestellmenge|bestellung|bedarf|benotigt|benotigte|auftragsmenge|' +
  'potrebno|potrebna|potrebne|potreba|treba|narucit|naruceno|narucena|narudzba|narudzbi|narudzbu|porudzbina|porucit|poruceno|nabavku|nabaviti|trazena|trazeno|trebovan|' +
  'objednat|objednavka|objednane|objednavane|potrebne|zamowi|zamowion|zamawian|potrzebn|rendel|rendelt|rendelendo|szukseges|' +
  'commande|commandee|commander|besoin|pedido|pedida|pedir|necesari|solicitad|ordine|ordinata|ordinare|richiest|fabbisogn|comanda|comandat|necesar|' +
  'bestelling|bestelde|benodigd|gewenst|bestallning|bestall|behov|bestilling|tilaus|tarve|tellimus|siparis|zakaz|zakazat|nuzno|trebuetsja|potrebnost|porucka|neobhodim|zamovlen|παραγγελι|treba kupiti';
