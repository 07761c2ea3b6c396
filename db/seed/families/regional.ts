import { combine, type Family, type Item } from './family.ts';

// Products under the names and codes of their vendors, in their languages. Those with a `standard` are the same part as one
// of another family, which describes it for all.
const HEX_SCREWS = 'Mechanical Engineering > Fasteners > Screws & bolts > Hexagon screws';
const HEX_NUTS = 'Mechanical Engineering > Fasteners > Nuts & washers > Hexagon nuts';
const BALL_BEARINGS = 'Mechanical Engineering > Power Transmission > Bearings > Deep groove ball bearings';
const PLIERS = 'Tools & Workshop > Hand tools > Pliers & hammers > Pliers & hammers';
const screwPrice = (d: number, l: number) => 0.006 + (0.00785 * 0.785 * d * d * (l + d * 1.9) * 4.4) / 1000;
const product = (family: Omit<Family, 'kind' | 'unit'> & { unit?: string }): Family => ({
  unit: 'piece',
  ...family,
  kind: 'product',
});

const serbianScrews = product({
  key: 'sr-vijak',
  category: HEX_SCREWS,
  count: 16,
  vendors: ['servomat-celik', 'zavrtanj-i-matica', 'alatnica-ilidza'],
  shared: 0.52,
  items: combine({ d: [6, 8, 10, 12], l: [20, 30, 40, 60] }).map(({ d, l }): Item => ({
    code: `VIJ-M${d}x${l}-ZN`,
    name: `Šraf sa šestougaonom glavom M${d}×${l}, pocinkovan`,
    standard: `DIN933-M${d}X${l}-8.8-ZN`,
    attrs: {},
    tags: ['šraf', 'vijak', 'din 933', `m${d}`],
    description: `Vijak sa punim navojem i šestougaonom glavom, čelik klase 8.8, galvanski pocinkovan. Pakovanje 50 komada.`,
    euro: screwPrice(d, l),
    packSize: 50,
  })),
});

const cyrillicScrews = product({
  key: 'sr-zavrtanj',
  category: HEX_SCREWS,
  count: 12,
  vendors: ['zavrtanj-i-matica'],
  shared: 0,
  items: combine({ d: [6, 8, 10, 12], l: [20, 40, 60] }).map(({ d, l }): Item => ({
    code: `ЗВ-М${d}x${l}-А2`,
    name: `Завртањ са шестоугаоном главом М${d}×${l}, нерђајући`,
    standard: `DIN933-M${d}X${l}-A2`,
    attrs: {},
    tags: ['завртањ', 'din 933', `м${d}`],
    description: `Завртањ од нерђајућег челика A2-70 са навојем до главе. Паковање 25 комада.`,
    euro: screwPrice(d, l) * 2.2,
    packSize: 25,
  })),
});

const cyrillicNuts = product({
  key: 'sr-matica',
  category: HEX_NUTS,
  count: 10,
  vendors: ['zavrtanj-i-matica'],
  shared: 0,
  items: combine({
    d: [6, 8, 10, 12, 16],
    finish: [
      ['поцинкована', 'ZN', 1],
      ['нерђајућа', 'А2', 2.2],
    ] as const,
  }).map(({ d, finish: [finish, short, extra] }): Item => ({
    code: `МТ-М${d}-${short}`,
    name: `Матица шестоугаона М${d}, ${finish}`,
    standard: `DIN934-M${d}-${short === 'ZN' ? '8.8-ZN' : 'A2'}`,
    attrs: {},
    tags: ['матица', 'din 934', `м${d}`],
    description: `Шестоугаона матица са метричким навојем, обострано оборена. Паковање 100 комада.`,
    euro: (0.005 + d * d * d * 0.0000185) * extra,
    packSize: 100,
  })),
});

/** Designation, dimensions and price in euro, as for the English products. */
const LOCAL_BEARINGS = [
  ['6001', '12×28×8', 1.8],
  ['6202', '15×35×11', 2.4],
  ['6203', '17×40×12', 2.8],
  ['6204', '20×47×14', 3.7],
  ['6205', '25×52×15', 4.4],
  ['6206', '30×62×16', 5.8],
  ['6304', '20×52×15', 4.4],
  ['6305', '25×62×17', 6.1],
] as const;

function bearings(
  key: string,
  word: string,
  codePrefix: string,
  text: string,
  tag: string,
  vendors: string[],
): Family {
  return product({
    key,
    category: BALL_BEARINGS,
    count: 16,
    vendors,
    shared: vendors.length > 1 ? 0.52 : 0,
    items: combine({ bearing: LOCAL_BEARINGS, closure: ['2RS', 'ZZ'] }).map(
      ({ bearing: [number, size, euro], closure }): Item => ({
        code: `${codePrefix}${number}-${closure}`,
        name: `${word} ${number} ${closure}, ${size} mm`,
        standard: `${number}-${closure}`,
        attrs: {},
        tags: [tag, number, closure.toLowerCase()],
        description: text,
        euro: euro * (closure === '2RS' ? 1.07 : 1),
      }),
    ),
  });
}

const pumpControls = product({
  key: 'sr-pumpa',
  category: 'Automation > Control > PLCs > I/O modules',
  unit: 'set',
  count: 9,
  vendors: ['servomat-celik'],
  shared: 0,
  onRequest: 0.3,
  madeToOrder: 1,
  items: combine({
    level: [
      ['osnovno', 'basic', 1, 'Upuštanje u rad preko frekventnog regulatora, zaštita od rada na suvo.'],
      ['prošireno', 'extended', 1.35, 'Dve pumpe u smeni, merenje pritiska i nivoa.'],
      ['sa nadzorom', 'with remote monitoring', 1.7, 'Daljinski nadzor preko mobilne mreže, alarmi porukom.'],
    ] as const,
    power: [4, 7.5, 11],
  }).map(({ level: [level, version, extra, text], power }): Item => ({
    code: `PUMPNO-${level.slice(0, 3).toUpperCase()}-${power}`,
    name: `Rešenje za upravljanje pumpom, ${level}, ${power} kW`,
    attrs: {
      'Motor power': `${power} kW`,
      Voltage: '3 × 400 V',
      Version: version,
      Cabinet: 'steel, IP54',
      Standard: 'EN 61439-2',
    },
    tags: ['rešenje', 'upravljanje', 'pumpa', 'orman'],
    description: `Kompletan upravljački orman sa PLC modulom, ožičen i ispitan. ${text}`,
    euro: (690 + power * 96) * extra,
  })),
});

const pliers = product({
  key: 'bs-klijesta',
  category: PLIERS,
  count: 9,
  vendors: ['alatnica-ilidza', 'zavrtanj-i-matica'],
  shared: 0.42,
  items: combine({
    type: [
      ['kombinirana', 'combination pliers', 8.4],
      ['sječica', 'side cutters', 9.2],
      ['papagajka', 'water pump pliers', 11.5],
    ] as const,
    length: [160, 180, 250],
  }).map(({ type: [type, kind, euro], length }): Item => ({
    code: `KL-${type.slice(0, 3).toUpperCase()}-${length}`,
    name: `Kliješta ${type} ${length} mm`,
    attrs: {
      Type: kind,
      Length: `${length} mm`,
      Material: 'Chrome vanadium steel',
      Handle: 'two-component',
    },
    tags: ['kliješta', 'klešta', 'alat', 'pliers'],
    description: `Kovana kliješta od hrom-vanadijum čelika sa dvokomponentnim drškama, oštrice induktivno kaljene.`,
    euro: euro * (length / 180),
  })),
});

const hammers = product({
  key: 'bs-cekic',
  category: PLIERS,
  count: 6,
  vendors: ['alatnica-ilidza', 'zavrtanj-i-matica'],
  shared: 0.42,
  items: combine({
    type: [
      ['bravarski', "engineer's hammer"],
      ['stolarski', "joiner's hammer"],
    ] as const,
    grams: [300, 500, 800],
  }).map(({ type: [type, kind], grams }): Item => ({
    code: `CEK-${type.slice(0, 1).toUpperCase()}${grams}`,
    name: `Čekić ${type} ${grams} g, drška od hikorija`,
    attrs: { Type: kind, Weight: `${grams} g`, Handle: 'hickory', Standard: 'DIN 1041' },
    tags: ['čekić', 'alat', 'hammer'],
    description: `Čekić s kovanom glavom i drškom od hikorija, osiguran prstenastim klinom.`,
    euro: 6.2 + grams * 0.0125,
  })),
});

const czechDrivers = product({
  key: 'cs-sroubovak',
  category: 'Tools & Workshop > Hand tools > Screwdrivers > Screwdrivers',
  count: 8,
  vendors: ['zelezarstvi-vltavin'],
  shared: 0,
  items: combine({
    tip: [
      ['křížový', 'PH1', 'Phillips'],
      ['křížový', 'PH2', 'Phillips'],
      ['plochý', '4', 'slotted'],
      ['plochý', '6', 'slotted'],
    ] as const,
    length: [100, 150],
  }).map(({ tip: [type, size, profile], length }): Item => ({
    code: `SRB ${size}x${length}`,
    name: `Šroubovák ${type} ${size}×${length} mm`,
    attrs: {
      Profile: profile,
      'Tip size': profile === 'slotted' ? `${size} mm` : size,
      'Blade length': `${length} mm`,
      Handle: 'two-component',
    },
    tags: ['šroubovák', 'nářadí', 'screwdriver'],
    description: `Šroubovák s kalenou čepelí a dvousložkovou rukojetí s otvorem pro zavěšení.`,
    euro: 2.9 + length * 0.014,
  })),
});

const polishScrews = product({
  key: 'pl-sruba',
  category: HEX_SCREWS,
  count: 9,
  vendors: ['hurtownia-zubr-bis'],
  shared: 0,
  items: combine({ d: [6, 8, 10], l: [20, 40, 60] }).map(({ d, l }): Item => ({
    code: `SRUBA M${d}x${l} OC`,
    name: `Śruba sześciokątna M${d}×${l} ocynk`,
    standard: `DIN933-M${d}X${l}-8.8-ZN`,
    attrs: {},
    tags: ['śruba', 'din 933', `m${d}`],
    description: `Śruba z łbem sześciokątnym i pełnym gwintem, stal klasy 8.8, ocynk galwaniczny. Opakowanie 100 sztuk.`,
    euro: screwPrice(d, l),
    packSize: 100,
  })),
});

const russianPumps = product({
  key: 'ru-nasos',
  category: 'Fluid Technology > Pumps > Centrifugal pumps > Single-stage pumps',
  count: 12,
  vendors: ['severnyj-nasos'],
  shared: 0,
  madeToOrder: 0.3,
  onRequest: 0.15,
  items: combine({
    size: [
      ['0,75', 6, 25],
      ['1,5', 12, 27],
      ['3', 24, 28],
      ['5,5', 48, 25],
    ] as const,
    build: [
      ['чугун', 'cast iron', 'Ч', 1],
      ['нержавеющая сталь', 'stainless steel', 'Н', 1.7],
      ['бронза', 'bronze', 'Б', 1.5],
    ] as const,
  }).map(({ size: [power, flow, head], build: [word, material, short, extra] }): Item => ({
    code: `НЦ-${power}/${flow}-${short}`,
    name: `Насос центробежный НЦ-${power}, ${flow} м³/ч, ${word}`,
    attrs: {
      'Motor power': `${power.replace(',', '.')} kW`,
      'Rated flow': `${flow} m³/h`,
      Head: `${head} m`,
      Material: material,
      Voltage: '3 × 400 V',
    },
    tags: ['насос', 'центробежный', 'pump'],
    description: `Одноступенчатый консольный насос для воды и неагрессивных жидкостей, торцевое уплотнение, двигатель IE3.`,
    euro: (180 + Number(power.replace(',', '.')) * 102) * extra,
  })),
});

const russianGloves = product({
  key: 'ru-perchatki',
  category: 'Safety & Workwear > Hand protection > Gloves > Work gloves',
  unit: 'pair',
  count: 8,
  vendors: ['severnyj-nasos', 'hurtownia-zubr-bis'],
  shared: 0.4,
  items: combine({
    type: [
      ['хлопковые', 'Х', 0.62],
      ['нитриловые', 'Н', 1.35],
    ] as const,
    size: [8, 9, 10, 11],
  }).map(({ type: [type, short, euro], size }): Item => ({
    code: `ПЗ-${short}-${size}`,
    name: `Перчатки защитные ${type}, размер ${size}`,
    attrs: { Material: type === 'хлопковые' ? 'cotton' : 'nitrile', Size: size, Standard: 'EN 388' },
    tags: ['перчатки', 'сиз', 'gloves'],
    description: `Трикотажные рабочие перчатки ${type === 'хлопковые' ? 'с точечным покрытием ПВХ' : 'с нитриловым покрытием ладони'} для общих работ.`,
    euro,
    packSize: 10,
  })),
});

export const regional: Family[] = [
  serbianScrews,
  cyrillicScrews,
  cyrillicNuts,
  bearings(
    'sr-lezaj',
    'Kuglični ležaj',
    'LEŽ ',
    'Jednoredni kuglični ležaj sa dubokim žlebom, podmazan za ceo vek trajanja.',
    'ležaj',
    ['servomat-celik', 'alatnica-ilidza'],
  ),
  bearings(
    'cs-lozisko',
    'Ložisko kuličkové',
    '',
    'Jednořadé kuličkové ložisko s trvalou tukovou náplní.',
    'ložisko',
    ['zelezarstvi-vltavin'],
  ),
  bearings(
    'pl-lozysko',
    'Łożysko kulkowe',
    'ŁK-',
    'Jednorzędowe łożysko kulkowe zwykłe, nasmarowane na cały okres pracy.',
    'łożysko',
    ['hurtownia-zubr-bis'],
  ),
  pumpControls,
  pliers,
  hammers,
  czechDrivers,
  polishScrews,
  russianPumps,
  russianGloves,
];
