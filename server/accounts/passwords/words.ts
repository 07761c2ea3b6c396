/**
 * Words that people here begin passwords with and that lists of English sites lack: folded Serbian, Polish, Czech and
 * Russian, and what this site is about.
 */
const texts = [
  // password, code, secret, welcome, love
  'lozinka sifra zaporka tajna tajnasifra mojalozinka mojasifra dobrodosli dobrodosao ljubav volimte ljubavi srce',
  'haslo mojehaslo tajne witaj witam kocham kochamcie kochanie milosc misiek serce',
  'heslo mojeheslo tajne vitej vitejte laska lasko miluji milujite milacek slunicko srdce',
  'parol parola mojparol privet zdravstvujte ljubov ljublju ljubljutebja lubov lublu solnce serdce',
  // places and clubs
  'srbija serbia beograd novisad nis kragujevac subotica vojvodina zvezda crvenazvezda partizan grobari delije',
  'polska warszawa krakow gdansk poznan wroclaw legia legiawarszawa lech wisla',
  'cesko praha brno ostrava sparta spartapraha slavia bohemians',
  'rossija russia moskva peterburg spartak zenit cska dinamo',
  // first names
  'jovana milica marija jelena dragana ivana ana nikola marko milos stefan nemanja aleksandar vladimir dusan',
  'agnieszka katarzyna malgorzata joanna monika mateusz krzysztof tomasz piotr pawel michal bartek',
  'lucie katerina tereza veronika martina petra jakub tomas ondrej honza pepicek',
  'natasa olga tatjana svetlana anastasija ekaterina dmitrij sergej andrej aleksej maksim',
  // keyboards, time, work
  'qwertz qwertzuiop yxcvbnm asdfghjkl qazwsx qazwsxedc jcuken poniedzialek piatek ponedeljak petak pondeli patek',
  'januar februar oktobar wiosna lato jesien zima prolece leto jesen jaro podzim vesna osen',
  'quoteline kupac prodaja nabavka firma posao magacin sprzedaz zakupy praca obchod nakup prace rabota administrator korisnik',
];

export const ownWords: ReadonlySet<string> = new Set(texts.join(' ').split(' '));
