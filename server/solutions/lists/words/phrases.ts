/** Words before a number that make it a quantity: "qty 4", "kol. 4"; folded, the longest first. */
export const quantityMarks =
  'quantity|quantite|quantita|qty|qtty|qte|qta|kolicina|kolicestvo|kol-vo|komada|kom|kol|menge|anzahl|stuck|ilosc|mnozstvi|mnozstvo|pocet|mennyiseg|cantidad|cantitate|cant|aantal|antal|pcs|pieces|amount|need|x';

/** Cells that stand for a quantity that isn't known yet. */
export const placeholders =
  'tbd|tba|tbc|tbn|n a|na|none|nil|null|nan|unknown|open|ask|on request|nichts|keine|kein|offen|unbekannt|auf anfrage|nema|nista|nepoznato|na upit|po potrebi|nije poznato|zadny|brak|aucun|nessuno|ninguno|geen';

/** Numbers as words. */
export const numberWords =
  'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|fifty|hundred|thousand|dozen|pair|half|few|some|several|many|null|eins|ein|eine|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|zwolf|zwanzig|hundert|tausend|dutzend|paar|einige|mehrere|nula|jedan|jedna|jedno|dva|dve|dvije|tri|cetiri|pet|sest|sedam|osam|devet|deset|dvanaest|dvadeset|pedeset|sto|hiljadu|tuce|pola|nekoliko|malo|mnogo';

/** Words before a number that is only about right. */
export const approximations =
  'about|approx|approximately|around|circa|minimum|maximum|min|max|least|most|over|under|between|from|each|every|spare|per|etwa|zirka|ungefahr|mindestens|hochstens|zwischen|oko|otprilike|priblizno|najmanje|najvise|izmedju|bar|barem|svaki|asi|okolo|priblizne|cirka|environ|presque|aprox|cerca|ongeveer|minimaal';

/** First words of rows with sums. */
export const totals =
  'total|totals|subtotal|sub total|grand total|sum|summe|gesamt|gesamtsumme|gesamtbetrag|zwischensumme|endbetrag|netto|brutto|ukupno|svega|ukupan|zbir|suma|razem|celkem|celkom|spolu|soucet|osszesen|total general|totale|totaal|totalt|summa|itogo|vsego|vsicko|obsto|yhteensa|kokku|kopa|viso|toplam|συνολο|somme|importe total|total ttc|total ht|vat|mwst|pdv|tva|dph|afa|shipping|versand|postage|freight|porto|dostava';

/** Values of a "do not populate" column, or of any other cell, that keep a row from being ordered. */
export const notPopulated =
  'dnp|dnf|dni|do not populate|do not fit|do not place|do not install|not fitted|not populated|no pop|nopop|nicht bestucken|nicht bestuckt|ne montira se|ne ugradjivati|ne ugraduje se|neosazovat|neosadit|nie montowac|nem beultetendo|ne pas monter|non montare|no montar|niet plaatsen';
/** Cells that say a row is no longer wanted. */
export const cancelled =
  'cancelled|canceled|cancel|deleted|delete|removed|remove|withdrawn|no longer needed|not needed|obsolete|rejected|storniert|storno|gestrichen|geloscht|loschen|entfallt|entfallen|entfernen|abgelehnt|nicht benotigt|' +
  'otkazano|otkazana|otkazan|stornirano|stornirana|ponisteno|obrisano|obrisati|uklonjeno|ukloniti|odbijeno|ne treba|zruseno|zrusene|zrusit|smazano|vymazane|stornovano|stornovane|anulowano|anulowane|anulowana|usuniete|usunieto|torolve|torolt|lemondva|sztornozva|' +
  'anulat|anulata|sters|annule|annulee|supprime|supprimee|cancelado|cancelada|anulado|anulada|eliminado|annullato|annullata|eliminato|geannuleerd|vervallen|verwijderd|avbestalld|avbestilt|annulleret|slettet|peruttu|poistettu|tuhistatud|iptal|iptal edildi|silindi|otmeneno|otmenen|udaleno|anulirano|skasovano|ακυρωθηκε';
export const yes = '1|x|y|yes|true|ja|da|ano|tak|igen|oui|si|excluded|exclude';
export const no = '0|n|no|false|nein|ne|nie|nem|non|-';

/** First words of a mail's lines that order nothing. */
export const courtesies =
  'hello|hi|dear|good morning|good day|please|kindly|thanks|thank you|best regards|kind regards|regards|best|sincerely|yours|cheers|sent from|from|to|cc|subject|date|tel|phone|mob|mobile|fax|e mail|email|web|www|attn|' +
  'hallo|guten tag|guten morgen|sehr geehrte|bitte|danke|vielen dank|mit freundlichen|freundliche|beste grusse|viele grusse|mfg|lg|von|an|betreff|telefon|' +
  'zdravo|postovani|postovana|postovane|dobar dan|dobro jutro|molim|molimo|hvala|pozdrav|srdacan pozdrav|srdacno|s postovanjem|lep pozdrav|lijep pozdrav|za|' +
  'dobry den|dobry|vazeni|prosim|dekuji|dakujem|s pozdravem|s pozdravom|dzien dobry|szanowni|prosze|dziekuje|pozdrawiam|z powazaniem|' +
  'tisztelt|kerem|koszonom|udvozlettel|buna|buna ziua|stimate|va rog|multumesc|cu stima|bonjour|madame|monsieur|merci|cordialement|veuillez|' +
  'buenos dias|estimado|por favor|gracias|saludos|buongiorno|gentile|grazie|cordiali saluti|distinti saluti|beste|geachte|alvast|met vriendelijke|groeten|' +
  'hej|vanligen|tack|med vanlig|hei|kiitos|terveisin|zdravstvujte|dobryj den|uvazaemye|pozalujsta|spasibo|s uvazeniem';

/** Words after which a mail is signed. */
export const farewells =
  'best regards|kind regards|regards|sincerely|yours|mit freundlichen|freundliche grusse|beste grusse|viele grusse|mfg|pozdrav|srdacan pozdrav|srdacno|s postovanjem|lep pozdrav|lijep pozdrav|s pozdravem|s pozdravom|pozdrawiam|z powazaniem|udvozlettel|cu stima|cordialement|saludos|cordiali saluti|distinti saluti|met vriendelijke|med vanlig|vanligen|terveisin|s uvazeniem';
