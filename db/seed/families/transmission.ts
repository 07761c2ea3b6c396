import { combine, type Family, type Item } from './family.ts';

const BEARINGS = 'Mechanical Engineering > Power Transmission > Bearings > ';
const BELTS = 'Mechanical Engineering > Power Transmission > Belts & chains > ';
const VENDORS = [
  'mowe-sohne-antriebe',
  'kettenwerk-brunnhilde',
  'nordwind-lagertechnik',
  'szerszamhaz-karpat',
  'skruvhuset-orebro',
  'zavrtanj-i-matica',
  'hurtownia-zubr-bis',
];
const BORES = [10, 12, 15, 17, 20, 25, 30, 35, 40, 45, 50];
/** Outside diameter and width by bore, mm, after ISO 15. */
const BALL: Record<string, [number, number][]> = {
  60: [
    [26, 8],
    [28, 8],
    [32, 9],
    [35, 10],
    [42, 12],
    [47, 12],
    [55, 13],
    [62, 14],
    [68, 15],
    [75, 16],
    [80, 16],
  ],
  62: [
    [30, 9],
    [32, 10],
    [35, 11],
    [40, 12],
    [47, 14],
    [52, 15],
    [62, 16],
    [72, 17],
    [80, 18],
    [85, 19],
    [90, 20],
  ],
  63: [
    [35, 11],
    [37, 12],
    [42, 13],
    [47, 14],
    [52, 15],
    [62, 17],
    [72, 19],
    [80, 21],
    [90, 23],
    [100, 25],
    [110, 27],
  ],
};
/** Outside diameter and total width by bore, from 20 mm on, mm, after ISO 355. */
const TAPERED: Record<string, [number, number][]> = {
  302: [
    [47, 15.25],
    [52, 16.25],
    [62, 17.25],
    [72, 18.25],
    [80, 19.75],
    [85, 20.75],
    [90, 21.75],
  ],
  322: [
    [47, 19.25],
    [52, 19.25],
    [62, 21.25],
    [72, 24.25],
    [80, 24.75],
    [85, 24.75],
    [90, 24.75],
  ],
  303: [
    [52, 16.25],
    [62, 18.25],
    [72, 20.75],
    [80, 22.75],
    [90, 25.25],
    [100, 27.25],
    [110, 29.25],
  ],
};
const SEALS = [
  {
    code: '-2RS',
    name: 'sealed on both sides',
    seal: 'two rubber seals',
    extra: 1.12,
    text: 'Contact seals on both sides, greased for life.',
  },
  {
    code: '-ZZ',
    name: 'shielded on both sides',
    seal: 'two metal shields',
    extra: 1.05,
    text: 'Metal shields on both sides, greased for life.',
  },
  {
    code: '',
    name: 'open',
    seal: 'none',
    extra: 1,
    text: 'Open design for oil or grease lubrication from outside.',
  },
  {
    code: '-2RS C3',
    name: 'sealed on both sides, clearance C3',
    seal: 'two rubber seals',
    extra: 1.18,
    text: 'Contact seals on both sides; radial clearance C3 for warm running motors.',
  },
];
const boreCode = (index: number) => String(index).padStart(2, '0');

function ballBearings(): Family {
  const items = combine({ series: ['60', '62', '63'], index: BORES.keys().toArray(), seal: SEALS }).map(
    ({ series, index, seal }): Item => {
      const [outside, width] = BALL[series]![index]!;
      const code = `${series}${boreCode(index)}${seal.code}`;
      const bore = BORES[index]!;
      return {
        code,
        name: `Deep groove ball bearing ${code}, ${bore}×${outside}×${width} mm, ${seal.name}`,
        attrs: {
          Bore: `${bore} mm`,
          'Outside diameter': `${outside} mm`,
          Width: `${width} mm`,
          Series: `${series}xx`,
          Seal: seal.seal,
          'Radial clearance': seal.code.includes('C3') ? 'C3' : 'CN',
          Cage: 'pressed steel',
          Standard: 'ISO 15 / DIN 625',
        },
        tags: ['bearing', 'ball bearing', 'kugellager', 'kuglični ležaj', `bore ${bore} mm`],
        description: `Single row deep groove ball bearing for radial and moderate axial loads in both directions. ${seal.text}`,
        euro: (0.9 + outside * outside * width * 0.000062 + outside * 0.018) * seal.extra,
      };
    },
  );
  return {
    key: 'dgbb',
    category: `${BEARINGS}Deep groove ball bearings`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 132,
    vendors: [...VENDORS, 'zelezarstvi-vltavin'],
    shared: 0.52,
  };
}

function taperedBearings(): Family {
  const items = combine({ series: ['302', '322', '303'], index: BORES.keys().toArray().slice(4) }).map(
    ({ series, index }): Item => {
      const [outside, width] = TAPERED[series]![index - 4]!;
      const bore = BORES[index]!;
      const code = `${series}${boreCode(index)}`;
      return {
        code,
        name: `Tapered roller bearing ${code}, ${bore}×${outside}×${width} mm`,
        attrs: {
          Bore: `${bore} mm`,
          'Outside diameter': `${outside} mm`,
          'Total width': `${width} mm`,
          Series: series,
          Cage: 'pressed steel',
          Standard: 'ISO 355 / DIN 720',
        },
        tags: ['bearing', 'tapered', 'kegelrollenlager', 'konusni ležaj', `bore ${bore} mm`],
        description: `Single row tapered roller bearing, separable, for combined radial and axial loads. Usually mounted in pairs; delivered as cone and cup together.`,
        euro: 3.1 + outside * outside * width * 0.000085,
      };
    },
  );
  return {
    key: 'trb',
    category: `${BEARINGS}Tapered roller bearings`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 21,
    vendors: VENDORS,
    shared: 0.42,
  };
}

const BELT_PROFILES = [
  { profile: 'SPZ', width: 9.7, height: 8, metre: 2.9, edge: 'wrapped' },
  { profile: 'SPA', width: 12.7, height: 10, metre: 3.9, edge: 'wrapped' },
  { profile: 'SPB', width: 16.3, height: 13, metre: 5.8, edge: 'wrapped' },
  { profile: 'XPA', width: 12.7, height: 10, metre: 5.6, edge: 'raw edge, cogged' },
];

function vBelts(): Family {
  const items = combine({
    belt: BELT_PROFILES,
    length: [800, 1000, 1120, 1250, 1500, 1800, 2000, 2120, 2500],
  }).map(({ belt, length }): Item => ({
    code: `${belt.profile} ${length}`,
    name: `V-belt ${belt.profile} ${length} Lw`,
    attrs: {
      Profile: belt.profile,
      'Datum length': `${length} mm`,
      'Top width': `${belt.width} mm`,
      Height: `${belt.height} mm`,
      Construction: belt.edge,
      Standard: 'ISO 4184 / DIN 7753',
      'Temperature range': '-30 to +80 °C',
    },
    tags: ['belt', 'v-belt', 'keilriemen', 'klinasti kaiš', belt.profile.toLowerCase()],
    description: `Narrow V-belt, ${belt.edge}, oil and heat resistant, antistatic. Belts of one length may be run in sets without matching.`,
    euro: 1.4 + (length / 1000) * belt.metre,
  }));
  return {
    key: 'belt',
    category: `${BELTS}V-belts`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 34,
    vendors: VENDORS,
    shared: 0.42,
  };
}

const CHAINS = [
  { size: '06B', pitch: 9.525, roller: 6.35, metre: 4.2 },
  { size: '08B', pitch: 12.7, roller: 8.51, metre: 5.3 },
  { size: '10B', pitch: 15.875, roller: 10.16, metre: 6.9 },
  { size: '12B', pitch: 19.05, roller: 12.07, metre: 9.2 },
  { size: '16B', pitch: 25.4, roller: 15.88, metre: 17.5 },
];

function rollerChains(): Family {
  const items = combine({ chain: CHAINS, rows: [1, 2, 3], metres: [1, 5, 10] }).map(
    ({ chain, rows, metres }): Item => {
      const strand = ['simplex', 'duplex', 'triplex'][rows - 1]!;
      return {
        code: `${chain.size}-${rows} ${metres}M`,
        name: `Roller chain ${chain.size}-${rows} ${strand}, ${metres} m`,
        attrs: {
          Chain: `${chain.size}-${rows}`,
          Pitch: `${chain.pitch} mm`,
          'Roller diameter': `${chain.roller} mm`,
          Strands: rows,
          Length: `${metres} m`,
          Standard: 'ISO 606 / DIN 8187',
        },
        tags: ['chain', 'rollenkette', 'valjkasti lanac', chain.size.toLowerCase(), strand],
        description: `Precision roller chain, ${strand}, pre-stretched and greased. Delivered in one length of ${metres} m with one connecting link.`,
        euro: chain.metre * metres * [1, 1.95, 2.95][rows - 1]! + 2,
      };
    },
  );
  return {
    key: 'chain',
    category: `${BELTS}Roller chains`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 36,
    vendors: VENDORS.slice(0, 5),
    shared: 0.4,
  };
}

export const transmission: Family[] = [ballBearings(), taperedBearings(), vBelts(), rollerChains()];
