import { combine, type Family, type Item } from './family.ts';

const TOOLS = 'Tools & Workshop > ';
const VENDORS = [
  'szerszamhaz-karpat',
  'ironquill-tools',
  'tournevis-beranger',
  'alatnica-ilidza',
  'zelezarstvi-vltavin',
  'zavrtanj-i-matica',
];

const SPANNER_KINDS = [
  {
    short: 'CV',
    name: 'chrome vanadium',
    standard: 'DIN 3113 A',
    extra: 1,
    text: 'Chrome vanadium steel, chrome plated, ring end cranked 15°.',
  },
  {
    short: 'RAT',
    name: 'ratcheting',
    standard: 'DIN 3113 A',
    extra: 2.4,
    text: 'Ring end with 72 tooth ratchet, working angle 5°.',
  },
  {
    short: 'VDE',
    name: 'insulated 1000 V',
    standard: 'IEC 60900',
    extra: 4.2,
    text: 'Dipped insulation, tested piece by piece at 10 kV for live working up to 1000 V AC.',
  },
];

function spanners(): Family {
  const sizes = [6, 7, 8, 10, 11, 12, 13, 14, 16, 17, 19, 22, 24, 27, 30];
  const items = combine({ kind: SPANNER_KINDS, size: sizes }).map(({ kind, size }): Item => ({
    code: `CSP-${kind.short}-${size}`,
    name: `Combination spanner ${size} mm, ${kind.name}`,
    attrs: {
      'Width across flats': `${size} mm`,
      'Overall length': `${70 + size * 10} mm`,
      Type: kind.name,
      Material: 'Chrome vanadium steel',
      Standard: kind.standard,
    },
    tags: ['spanner', 'wrench', 'schraubenschlüssel', 'viljuškasto-okasti ključ', `${size} mm`],
    description: `Open end and ring end of the same size. ${kind.text}`,
    euro: (2.1 + size * 0.28 + size * size * 0.008) * kind.extra,
  }));
  return {
    key: 'spanner',
    category: `${TOOLS}Hand tools > Spanners & sockets > Combination spanners`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 40,
    vendors: VENDORS,
    shared: 0.42,
  };
}

const TIPS = [
  ['slotted', '0.6×3.5', 75],
  ['slotted', '0.8×4', 100],
  ['slotted', '1×5.5', 125],
  ['slotted', '1.2×6.5', 150],
  ['Phillips', 'PH0', 60],
  ['Phillips', 'PH1', 80],
  ['Phillips', 'PH2', 100],
  ['Phillips', 'PH3', 150],
  ['Pozidriv', 'PZ1', 80],
  ['Pozidriv', 'PZ2', 100],
  ['Pozidriv', 'PZ3', 150],
  ['Torx', 'TX10', 80],
  ['Torx', 'TX15', 80],
  ['Torx', 'TX20', 100],
  ['Torx', 'TX25', 100],
  ['Torx', 'TX30', 115],
] as const;

function screwdrivers(): Family {
  const items = combine({ tip: TIPS, type: ['workshop', 'VDE 1000 V', 'ESD'] as const }).map(
    ({ tip: [profile, size, blade], type }): Item => ({
      code: `SD-${size.replace('×', 'x')}-${blade}${type === 'workshop' ? '' : `-${type.slice(0, 3)}`}`,
      name: `Screwdriver ${profile} ${size}×${blade} mm${type === 'workshop' ? '' : `, ${type}`}`,
      attrs: {
        Profile: profile,
        'Tip size': size,
        'Blade length': `${blade} mm`,
        Type: type,
        Handle: 'two-component',
        Standard: type === 'VDE 1000 V' ? 'IEC 60900' : 'ISO 2380 / ISO 8764',
      },
      tags: ['screwdriver', 'schraubendreher', 'tournevis', 'odvijač', profile.toLowerCase()],
      description: `Screwdriver with hardened blade and two-component handle. ${type === 'workshop' ? 'Hexagon bolster for a spanner.' : type === 'ESD' ? 'Dissipative handle, surface resistance 10⁶ to 10⁹ ohm, for electronics assembly.' : 'Insulated blade, each piece tested at 10 kV.'}`,
      euro: (2.2 + blade * 0.021) * { workshop: 1, 'VDE 1000 V': 1.55, ESD: 1.8 }[type],
    }),
  );
  return {
    key: 'driver',
    category: `${TOOLS}Hand tools > Screwdrivers > Screwdrivers`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 42,
    vendors: VENDORS,
    shared: 0.4,
  };
}

const DRILL_KINDS = [
  {
    short: 'R',
    name: 'HSS-R',
    text: 'Roll forged, for steel up to 700 N/mm².',
    finish: 'steam oxide',
    extra: 0.7,
  },
  {
    short: 'G',
    name: 'HSS-G',
    text: 'Ground from the solid, for steel up to 900 N/mm².',
    finish: 'bright',
    extra: 1,
  },
  {
    short: 'CO',
    name: 'HSS-Co 5 %',
    text: 'Cobalt alloyed, for stainless and high tensile steel up to 1100 N/mm².',
    finish: 'gold oxide',
    extra: 1.9,
  },
  {
    short: 'TIN',
    name: 'HSS-TiN',
    text: 'Titanium nitride coated for longer life at higher speed.',
    finish: 'TiN coated',
    extra: 1.5,
  },
];

function drills(): Family {
  const sizes = [1, 1.5, 2, 2.5, 3, 3.3, 4, 4.2, 5, 6, 6.8, 8, 8.5, 10, 10.2, 12, 13];
  const items = combine({ kind: DRILL_KINDS, d: sizes }).map(({ kind, d }): Item => ({
    code: `DIN338-${kind.short}-${d.toFixed(1)}`,
    name: `Twist drill ${kind.name} DIN 338 ${d.toFixed(1)} mm`,
    attrs: {
      Diameter: `${d.toFixed(1)} mm`,
      Material: kind.name,
      Finish: kind.finish,
      'Point angle': kind.short === 'R' ? '118°' : '135° split point',
      Shank: 'cylindrical',
      Standard: 'DIN 338 N',
    },
    tags: ['drill bit', 'twist drill', 'spiralbohrer', 'burgija', 'hss', `${d} mm`],
    description: `Jobber length twist drill, right hand cutting, tolerance h8. ${kind.text}`,
    euro: (0.42 + d * 0.09 + d * d * 0.047) * kind.extra,
    ...(d <= 10.2 ? { packSize: d <= 8 ? 10 : 5 } : {}),
  }));
  return {
    key: 'drill',
    category: `${TOOLS}Power tools > Drilling > Drill bits`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 50,
    vendors: VENDORS,
    shared: 0.42,
  };
}

const DISC_USES = [
  { use: 'steel', short: 'ST', grit: 'A 46 S-BF', extra: 1 },
  { use: 'stainless steel', short: 'INOX', grit: 'A 60 T-BF', extra: 1.25 },
  { use: 'stone', short: 'STONE', grit: 'C 30 S-BF', extra: 1.1 },
  { use: 'aluminium', short: 'ALU', grit: 'A 46 N-BF', extra: 1.4 },
];

function discs(): Family {
  const items = combine({ d: [115, 125, 150, 180, 230], w: [1, 1.6, 2, 2.5, 3], use: DISC_USES })
    .filter(
      ({ d, w, use }) =>
        (d <= 125 ? w <= 2.5 : d === 230 ? w >= 2 : w >= 1.6) && (use.use === 'stone' ? w >= 2.5 : w <= 2.5),
    )
    .map(({ d, w, use }): Item => ({
      code: `CD-${d}x${w.toFixed(1)}-${use.short}`,
      name: `Cutting disc ${d}×${w.toFixed(1)} mm for ${use.use}`,
      attrs: {
        Diameter: `${d} mm`,
        Thickness: `${w.toFixed(1)} mm`,
        Bore: '22.23 mm',
        'For material': use.use,
        Specification: use.grit,
        'Maximum speed': `${Math.round(1527887 / d / 100) * 100} rpm`,
        Standard: 'EN 12413',
      },
      tags: ['cutting disc', 'trennscheibe', 'rezna ploča', `${d} mm`],
      description: `Resin bonded, fibre reinforced flat cutting disc for angle grinders, maximum 80 m/s. Suited to ${use.use}; do not use for side grinding.`,
      euro: (0.18 + d * d * w * 0.0000155 + d * 0.0035) * use.extra,
      packSize: d <= 125 ? 25 : 10,
    }));
  return {
    key: 'disc',
    category: `${TOOLS}Power tools > Grinding > Cutting discs`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 38,
    vendors: VENDORS,
    shared: 0.42,
  };
}

function calipers(): Family {
  const items = combine({
    range: [150, 200, 300],
    type: ['IP54', 'IP67', 'IP67 with radio', 'vernier'] as const,
  }).map(({ range, type }): Item => ({
    code: `CAL-${range}-${type.replace(' with ', '').toUpperCase()}`,
    name: `${type === 'vernier' ? 'Vernier' : 'Digital'} caliper ${range} mm${type === 'vernier' ? '' : `, ${type}`}`,
    attrs: {
      'Measuring range': `0 to ${range} mm`,
      Resolution: type === 'vernier' ? '0.05 mm' : '0.01 mm',
      'Error limit': range > 200 ? '0.04 mm' : '0.03 mm',
      ...(type === 'vernier'
        ? {}
        : { Protection: type.slice(0, 4), 'Data output': type.includes('radio') ? 'radio' : 'cable' }),
      Material: 'stainless steel, hardened',
      Standard: 'DIN 862',
    },
    tags: ['caliper', 'measuring', 'messschieber', 'pomično merilo'],
    description: `Caliper for outside, inside, depth and step measurement, with locking screw. Delivered in a case with the maker's test report.`,
    euro: { IP54: 34, IP67: 79, 'IP67 with radio': 148, vernier: 21 }[type] * (0.4 + range / 250),
  }));
  return {
    key: 'caliper',
    category: `${TOOLS}Measuring > Gauges > Calipers`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 12,
    vendors: VENDORS.slice(0, 4),
    shared: 0.52,
  };
}

export const tools: Family[] = [spanners(), screwdrivers(), drills(), discs(), calipers()];
