import { combine, type Family, type Item } from './family.ts';

const SAFETY = 'Safety & Workwear > ';
const VENDORS = ['safehaven-workwear', 'proteccion-iberica-demo', 'helmgard'];

const CUT_LEVELS = [
  ['B', '4X42B', 19],
  ['C', '4X43C', 26],
  ['D', '4X43D', 36],
  ['F', '4X44F', 58],
] as const;

function cutGloves(): Family {
  const items = combine({
    level: CUT_LEVELS,
    coating: ['nitrile foam', 'PU', 'latex'] as const,
    size: [7, 8, 9, 10, 11],
  }).map(({ level: [cut, marking, euro], coating, size }): Item => ({
    code: `GL-${cut}-${coating.slice(0, 2).toUpperCase()}-${size}`,
    name: `Cut-resistant gloves level ${cut}, ${coating} coating, size ${size}, 12 pairs`,
    attrs: {
      'Cut level': cut,
      'EN 388 marking': marking,
      Coating: coating,
      Size: size,
      Liner: cut === 'B' ? 'HPPE 13 gauge' : 'HPPE with glass fibre, 13 gauge',
      Standard: 'EN 388:2016 / EN ISO 21420',
      'Pack content': '12 pairs',
    },
    tags: [
      'gloves',
      'ppe',
      'schnittschutz',
      'zaštitne rukavice',
      `cut level ${cut.toLowerCase()}`,
      `size ${size}`,
    ],
    description: `Knitted cut-resistant gloves with palm coating, EN 388 marking ${marking}. ${{ 'nitrile foam': 'Foamed nitrile gives grip on oily parts.', PU: 'Thin PU coating for fine assembly work.', latex: 'Crinkled latex for dry and wet grip, not for oil.' }[coating]}`,
    euro: euro * { 'nitrile foam': 1.08, PU: 1, latex: 0.94 }[coating],
  }));
  return {
    key: 'glove',
    category: `${SAFETY}Hand protection > Gloves > Cut-resistant gloves`,
    kind: 'product',
    unit: 'dozen',
    items,
    count: 40,
    vendors: [...VENDORS, 'hurtownia-zubr-bis'],
    shared: 0.42,
  };
}

const SHOES = [
  { type: 'low shoe', short: 'L', euro: 49, text: 'Low cut with breathable textile lining.' },
  { type: 'ankle boot', short: 'M', euro: 56, text: 'Ankle high, water-repellent leather.' },
  {
    type: 'winter boot',
    short: 'W',
    euro: 82,
    text: 'Lined boot with cold insulation CI and non-slip sole.',
  },
  { type: 'ESD low shoe', short: 'E', euro: 68, text: 'Dissipative after EN 61340-5-1, metal-free.' },
];

function shoes(): Family {
  const items = combine({ shoe: SHOES, size: [37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47] }).map(
    ({ shoe, size }): Item => ({
      code: `S3-${shoe.short}-${size}`,
      name: `Safety ${shoe.type} S3 SRC, size ${size}`,
      attrs: {
        Type: shoe.type,
        Size: size,
        'Safety class': 'S3 SRC',
        'Toe cap': shoe.short === 'E' ? 'composite' : 'steel',
        Midsole: 'textile, penetration resistant',
        Sole: 'PU/PU',
        Standard: 'EN ISO 20345',
      },
      tags: ['safety shoe', 's3', 'ppe', 'sicherheitsschuh', 'zaštitna cipela', `size ${size}`],
      description: `Safety footwear of class S3 with 200 J toe cap and penetration resistant midsole. ${shoe.text}`,
      euro: shoe.euro,
    }),
  );
  return {
    key: 'shoe',
    category: `${SAFETY}Foot protection > Safety shoes > S3 shoes`,
    kind: 'product',
    unit: 'pair',
    items,
    count: 40,
    vendors: VENDORS,
    shared: 0.4,
  };
}

function helmets(): Family {
  const types = [
    {
      type: 'vented',
      short: 'V',
      euro: 13.5,
      text: 'Ventilation slots on both sides; not for electrical work.',
    },
    {
      type: 'electrically insulating',
      short: 'E',
      euro: 17.8,
      text: 'Closed shell, tested to 1000 V AC after EN 50365.',
    },
    {
      type: 'with visor',
      short: 'S',
      euro: 38,
      text: 'Integrated visor of clear polycarbonate after EN 166.',
    },
  ];
  const items = combine({ type: types, colour: ['white', 'yellow', 'blue', 'orange', 'red'] }).map(
    ({ type, colour }): Item => ({
      code: `HE-${type.short}-${colour.toUpperCase().slice(0, 3)}`,
      name: `Safety helmet ${type.type}, ${colour}`,
      attrs: {
        Type: type.type,
        Colour: colour,
        'Head size': '52 to 64 cm',
        Adjustment: 'ratchet wheel',
        Material: 'ABS',
        Standard: 'EN 397',
      },
      tags: ['helmet', 'ppe', 'schutzhelm', 'zaštitni šlem', colour],
      description: `Industrial safety helmet with six-point textile harness and 30 mm slots for ear muffs. ${type.text}`,
      euro: type.euro,
      packSize: type.short === 'S' ? 1 : 5,
    }),
  );
  return {
    key: 'helmet',
    category: `${SAFETY}Head protection > Helmets > Safety helmets`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 15,
    vendors: VENDORS,
    shared: 0.48,
  };
}

export const safety: Family[] = [cutGloves(), shoes(), helmets()];
