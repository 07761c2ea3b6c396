import { combine, type Family, type Item } from './family.ts';

const CHEMICALS = 'Chemicals & Lubricants > ';
const VENDORS = ['lubrimax-ole', 'cleanstream-chemicals', 'vernis-colle-aubepine'];

const GREASE_SIZES = [
  ['400 g cartridge', 0.4, 9.2],
  ['1 kg tin', 1, 8.4],
  ['5 kg pail', 5, 7.1],
  ['18 kg drum', 18, 6],
] as const;
const PENETRATION: Record<string, string> = {
  '00': '400-430',
  0: '355-385',
  1: '310-340',
  2: '265-295',
  3: '220-250',
};

function greases(): Family {
  const items = combine({
    nlgi: ['00', '0', '1', '2', '3'],
    size: GREASE_SIZES,
    type: ['lithium', 'EP lithium complex'] as const,
  })
    .filter(({ nlgi, type }) => type === 'lithium' || nlgi === '1' || nlgi === '2')
    .map(({ nlgi, size: [pack, kilos, perKilo], type }): Item => ({
      code: `${type === 'lithium' ? 'LG' : 'LCX'}-${nlgi}-${pack.replace(/ \w+$/, '').replace(' ', '')}`,
      name: `${type === 'lithium' ? 'Lithium grease' : 'Lithium complex grease EP'} NLGI ${nlgi}, ${pack}`,
      attrs: {
        'NLGI class': nlgi,
        Penetration: `${PENETRATION[nlgi]} 0.1 mm`,
        Thickener: type.replace('EP ', ''),
        'Base oil': 'mineral, 150 mm²/s at 40 °C',
        Temperature: type === 'lithium' ? '-25 to +120 °C' : '-30 to +150 °C',
        Packing: pack,
        Standard: 'DIN 51825',
      },
      tags: ['grease', `nlgi ${nlgi}`, 'schmierfett', 'mast', 'lubricant'],
      description: `${type === 'lithium' ? 'Multi-purpose lithium soap grease for plain and rolling bearings.' : 'High pressure grease with lithium complex soap for loaded bearings and higher temperatures.'} ${nlgi.startsWith('0') ? 'Semi-fluid, for central lubrication and gearboxes.' : 'Water resistant, protects against corrosion.'}`,
      euro: kilos * perKilo * (type === 'lithium' ? 1 : 1.45),
    }));
  return {
    key: 'grease',
    category: `${CHEMICALS}Lubricants > Greases > Lithium greases`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 26,
    vendors: VENDORS,
    shared: 0.42,
  };
}

const OIL_SIZES = [
  [5, 'can', 4.9],
  [20, 'can', 3.9],
  [60, 'drum', 3.4],
  [205, 'drum', 2.9],
] as const;

function hydraulicOils(): Family {
  const items = combine({ grade: [22, 32, 46, 68, 100], size: OIL_SIZES, type: ['HLP', 'HVLP'] as const })
    .filter(({ grade, type }) => type === 'HLP' || (grade >= 32 && grade <= 68))
    .map(({ grade, size: [litres, vessel, perLitre], type }): Item => ({
      code: `${type} ${grade}/${litres}L`,
      name: `Hydraulic oil ${type} ${grade}, ${litres} l ${vessel}`,
      attrs: {
        Type: type,
        'Viscosity class': `ISO VG ${grade}`,
        'Viscosity index': type === 'HLP' ? 100 : 150,
        'Flash point': `${190 + grade / 2} °C`,
        Volume: `${litres} l`,
        Standard: type === 'HLP' ? 'DIN 51524-2' : 'DIN 51524-3',
      },
      tags: ['oil', 'hydraulic', 'hydrauliköl', 'hidraulično ulje', `iso vg ${grade}`],
      description: `Mineral oil with additives against wear, corrosion and ageing for hydraulic systems. ${type === 'HLP' ? 'For indoor systems with steady temperature.' : 'Multigrade, for mobile machines and outdoor use.'}`,
      euro: litres * perLitre * (type === 'HLP' ? 1 : 1.28) * (1 + (grade - 22) / 900),
    }));
  return {
    key: 'oil',
    category: `${CHEMICALS}Lubricants > Oils > Hydraulic oils`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 28,
    vendors: VENDORS,
    shared: 0.42,
  };
}

const DEGREASERS = [
  { name: 'citrus', ph: '7', litre: 6.9, text: 'Citrus terpenes dissolve oil, grease and adhesive residue.' },
  {
    name: 'alkaline concentrate',
    ph: '12.5',
    litre: 3.4,
    text: 'Diluted 1:10 to 1:50 with water, for floors and machine beds.',
  },
  {
    name: 'cold cleaner',
    ph: 'not applicable',
    litre: 4.6,
    text: 'Solvent based, evaporates without residue, for parts washers.',
  },
  { name: 'food grade', ph: '9', litre: 5.2, text: 'NSF A1, for equipment in food processing.' },
];
const DEGREASER_SIZES = [
  ['500 ml spray', 0.5, 2.1],
  ['5 l can', 5, 1.15],
  ['25 l drum', 25, 1],
] as const;

function degreasers(): Family {
  const items = combine({ type: DEGREASERS, size: DEGREASER_SIZES }).map(
    ({ type, size: [pack, litres, extra] }): Item => ({
      code: `DG-${type.name.slice(0, 3).toUpperCase()}-${pack.split(' ').slice(0, 2).join('')}`,
      name: `Degreaser ${type.name}, ${pack}`,
      attrs: {
        Type: type.name,
        'pH value': type.ph,
        Volume: pack.split(' ').slice(0, 2).join(' '),
        Packing: pack.split(' ').slice(2).join(' '),
        Biodegradability: type.name === 'cold cleaner' ? 'slow' : 'OECD 301',
      },
      tags: ['cleaner', 'degreaser', 'entfetter', 'odmašćivač', type.name],
      description: `Industrial degreaser. ${type.text} Safety data sheet in the language of the country of delivery.`,
      euro: type.litre * litres * extra + 0.9,
      packSize: litres < 1 ? 12 : 1,
    }),
  );
  return {
    key: 'degreaser',
    category: `${CHEMICALS}Cleaning > Industrial cleaners > Degreasers`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 12,
    vendors: VENDORS,
    shared: 0.4,
  };
}

function threadlockers(): Family {
  const strengths = [
    {
      name: 'low',
      code: 'L',
      torque: '6 Nm',
      colour: 'purple',
      text: 'Can be undone with hand tools, for adjusting screws up to M12.',
    },
    {
      name: 'medium',
      code: 'M',
      torque: '20 Nm',
      colour: 'blue',
      text: 'Can be undone with hand tools, tolerates traces of oil.',
    },
    {
      name: 'high',
      code: 'H',
      torque: '33 Nm',
      colour: 'green',
      text: 'Permanent; to undo it, heat the joint to 250 °C.',
    },
  ];
  const items = combine({
    strength: strengths,
    size: [
      [10, 0.92],
      [50, 0.5],
      [250, 0.36],
    ] as const,
  }).map(({ strength, size: [ml, perMl] }): Item => ({
    code: `TL-${strength.code}-${ml}ML`,
    name: `Threadlocker ${strength.name} strength, ${ml} ml`,
    attrs: {
      Strength: strength.name,
      'Breakaway torque M10': strength.torque,
      Colour: strength.colour,
      Volume: `${ml} ml`,
      'Cures in': '24 h at 22 °C',
      Temperature: '-55 to +150 °C',
    },
    tags: ['adhesive', 'threadlocker', 'schraubensicherung', 'frein filet', 'lepak za navoje'],
    description: `Anaerobic adhesive that locks and seals threads. ${strength.text}`,
    euro: ml * perMl + 1.2,
  }));
  return {
    key: 'threadlock',
    category: `${CHEMICALS}Adhesives > Threadlockers > Threadlockers`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 9,
    vendors: VENDORS,
    shared: 0.52,
  };
}

export const chemicals: Family[] = [greases(), hydraulicOils(), degreasers(), threadlockers()];
