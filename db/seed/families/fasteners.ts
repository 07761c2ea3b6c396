import { combine, type Family, type Item } from './family.ts';

const SCREWS = 'Mechanical Engineering > Fasteners > Screws & bolts > ';
const VENDORS = [
  'skruvhuset-orebro',
  'szerszamhaz-karpat',
  'nordwind-lagertechnik',
  'zavrtanj-i-matica',
  'hurtownia-zubr-bis',
  'zelezarstvi-vltavin',
];
const PITCH: Record<number, string> = {
  3: '0.5',
  4: '0.7',
  5: '0.8',
  6: '1',
  8: '1.25',
  10: '1.5',
  12: '1.75',
  16: '2',
  20: '2.5',
};
/** Width across flats of hexagon heads and nuts after DIN, mm. */
const FLATS: Record<number, number> = { 3: 5.5, 4: 7, 5: 8, 6: 10, 8: 13, 10: 17, 12: 19, 16: 24, 20: 30 };
const HEX_KEY: Record<number, number> = { 3: 2.5, 4: 3, 5: 4, 6: 5, 8: 6, 10: 8, 12: 10, 16: 14, 20: 17 };
const FLAT_KEY: Record<number, number> = { 3: 2, 4: 2.5, 5: 3, 6: 4, 8: 5, 10: 6, 12: 8, 16: 10, 20: 12 };
/** Euro per kilogram of finished part. */
const GRADES = [
  { grade: '8.8', finish: 'zinc plated', short: '8.8-ZN', material: 'Steel', kilo: 4.2 },
  { grade: '10.9', finish: 'plain', short: '10.9', material: 'Steel', kilo: 4.9 },
  { grade: 'A2-70', finish: 'plain', short: 'A2', material: 'Stainless steel A2', kilo: 9.4 },
  { grade: 'A4-80', finish: 'plain', short: 'A4', material: 'Stainless steel A4', kilo: 13.5 },
] as const;
const packOf = (diameter: number) => (diameter <= 5 ? 200 : diameter <= 8 ? 100 : diameter <= 12 ? 50 : 25);
/** Grams of a cylinder of steel, mm. */
const grams = (diameter: number, length: number) => 0.785 * diameter * diameter * length * 0.00785;
const piecePrice = (weight: number, kilo: number) => 0.006 + (weight / 1000) * kilo;

interface ScrewType {
  key: string;
  name: string;
  din: string;
  iso: string;
  sub: string;
  drive: (diameter: number) => string;
  driveName: string;
  extra: number;
  words: string[];
  about: string;
}

function screws(type: ScrewType): Family {
  const sizes = combine({
    grade: GRADES,
    d: [3, 4, 5, 6, 8, 10, 12, 16],
    l: [8, 10, 12, 16, 20, 25, 30, 40, 50, 60, 80, 100],
  });
  const items = sizes
    .filter(({ d, l }) => l >= d * 1.5 && l <= d * 10)
    .map(({ grade, d, l }): Item => {
      const steel = grade.finish === 'plain' ? grade.grade : `${grade.grade} ${grade.finish}`;
      return {
        code: `${type.din.replace(' ', '')}-M${d}X${l}-${grade.short}`,
        name: `${type.name} ${type.din} M${d}×${l} ${steel}`,
        attrs: {
          Standard: `${type.din} / ${type.iso}`,
          Thread: `M${d}`,
          Pitch: `${PITCH[d]} mm`,
          Length: `${l} mm`,
          Material: grade.material,
          'Strength class': grade.grade,
          Finish: grade.finish,
          [type.driveName]: type.drive(d),
        },
        tags: ['screw', type.din.toLowerCase(), `m${d}`, `m${d}x${l}`, ...type.words],
        description: `${type.about} ${grade.material === 'Steel' ? 'Steel' : grade.material}, strength class ${grade.grade}, ${grade.finish}. Metric coarse thread M${d}, length ${l} mm without head.`,
        euro: piecePrice(grams(d, l) + grams(d * 1.6, d * 0.75), grade.kilo) * type.extra,
        packSize: packOf(d),
      };
    });
  return {
    key: type.key,
    category: SCREWS + type.sub,
    kind: 'product',
    unit: 'piece',
    items,
    count: 62,
    vendors: VENDORS,
    shared: 0.48,
  };
}

function nuts(): Family {
  const items = combine({
    grade: GRADES,
    d: [3, 4, 5, 6, 8, 10, 12, 16, 20],
    kind: ['hexagon', 'locking'] as const,
  }).map(({ grade, d, kind }): Item => {
    const standard = kind === 'hexagon' ? 'DIN 934' : 'DIN 985';
    const nutClass = grade.material === 'Steel' ? grade.grade.split('.')[0]! : grade.grade;
    const finish = grade.finish === 'plain' ? '' : ' zinc plated';
    return {
      code: `${standard.replace(' ', '')}-M${d}-${grade.short}`,
      name: `${kind === 'hexagon' ? 'Hexagon nut' : 'Prevailing torque nut with nylon insert'} ${standard} M${d} ${nutClass}${finish}`,
      attrs: {
        Standard: standard,
        Thread: `M${d}`,
        Pitch: `${PITCH[d]} mm`,
        'Width across flats': `${FLATS[d]} mm`,
        Material: grade.material,
        'Property class': nutClass,
        Finish: grade.finish,
      },
      tags: ['nut', standard.toLowerCase(), `m${d}`, 'matica', 'mutter'],
      description: `${kind === 'hexagon' ? 'Hexagon nut with metric coarse thread, chamfered on both sides.' : 'Self-locking nut; the nylon ring holds against vibration up to 120 °C.'} Width across flats ${FLATS[d]} mm, property class ${nutClass}.`,
      euro: piecePrice(grams(FLATS[d]!, d * 0.8) * 0.75, grade.kilo) * (kind === 'locking' ? 1.5 : 1),
      packSize: packOf(d),
    };
  });
  return {
    key: 'nut',
    category: 'Mechanical Engineering > Fasteners > Nuts & washers > Hexagon nuts',
    kind: 'product',
    unit: 'piece',
    items,
    count: 44,
    vendors: VENDORS,
    shared: 0.48,
  };
}

const PLUGS = [
  { d: 5, l: 25, screw: '3 to 4' },
  { d: 6, l: 30, screw: '4 to 5' },
  { d: 8, l: 40, screw: '4.5 to 6' },
  { d: 10, l: 50, screw: '6 to 8' },
  { d: 12, l: 60, screw: '8 to 10' },
  { d: 14, l: 70, screw: '10 to 12' },
];

function wallPlugs(): Family {
  const items = combine({ plug: PLUGS, base: ['solid masonry', 'hollow brick'] as const, q: [25, 100] }).map(
    ({ plug, base, q }): Item => {
      const { d, l, screw } = plug;
      return {
        code: `WP-${base === 'solid masonry' ? 'S' : 'H'} ${d}x${l}/${q}`,
        name: `Nylon wall plug ${d}×${l} mm for ${base}, pack of ${q}`,
        attrs: {
          'Drill diameter': `${d} mm`,
          Length: `${l} mm`,
          'Screw diameter': `${screw} mm`,
          Material: 'Nylon PA6',
          'Base material': base,
          'Pack content': `${q} pieces`,
        },
        tags: ['wall plug', 'dübel', 'tipla', 'anchor', 'nylon'],
        description: `Expansion plug for ${base}, for screws ${screw} mm. Drill ${d} mm and at least ${l + 10} mm deep; usable from -40 to +80 °C.`,
        euro: q * (0.012 + d * d * l * 0.0000085) * (base === 'hollow brick' ? 1.25 : 1) + 0.6,
      };
    },
  );
  return {
    key: 'plug',
    category: 'Mechanical Engineering > Fasteners > Anchors > Wall plugs',
    kind: 'product',
    unit: 'pack',
    items,
    count: 20,
    vendors: VENDORS,
    shared: 0.42,
  };
}

export const fasteners: Family[] = [
  screws({
    key: 'hex',
    name: 'Hexagon head screw',
    din: 'DIN 933',
    iso: 'ISO 4017',
    sub: 'Hexagon screws',
    driveName: 'Width across flats',
    drive: (d) => `${FLATS[d]} mm`,
    extra: 1,
    words: ['bolt', 'vijak', 'sechskantschraube'],
    about: 'Hexagon head screw with thread up to the head.',
  }),
  screws({
    key: 'shcs',
    name: 'Socket head cap screw',
    din: 'DIN 912',
    iso: 'ISO 4762',
    sub: 'Socket head screws',
    driveName: 'Hexagon socket',
    drive: (d) => `${HEX_KEY[d]} mm`,
    extra: 1.12,
    words: ['allen', 'imbus', 'zylinderschraube'],
    about: 'Cylinder head screw with hexagon socket for narrow installation spaces.',
  }),
  screws({
    key: 'csk',
    name: 'Countersunk screw',
    din: 'DIN 7991',
    iso: 'ISO 10642',
    sub: 'Countersunk screws',
    driveName: 'Hexagon socket',
    drive: (d) => `${FLAT_KEY[d]} mm`,
    extra: 1.2,
    words: ['flat head', 'senkschraube', 'upušteni vijak'],
    about: 'Countersunk head screw with hexagon socket, head angle 90°, flush with the surface.',
  }),
  nuts(),
  wallPlugs(),
];
