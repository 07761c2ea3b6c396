import { combine, type Family, type Item } from './family.ts';

const PACKAGING = 'Packaging & Logistics > ';
const VENDORS = ['boxcraft-packaging', 'emballages-riviere', 'hurtownia-zubr-bis'];

const BOX_SIZES = [
  [200, 150, 100],
  [200, 200, 200],
  [250, 200, 150],
  [300, 200, 100],
  [300, 200, 200],
  [300, 300, 300],
  [400, 300, 200],
  [400, 300, 300],
  [400, 400, 400],
  [500, 300, 300],
  [600, 400, 200],
  [600, 400, 400],
  [800, 600, 600],
] as const;

function boxes(): Family {
  const items = combine({
    size: BOX_SIZES,
    wall: ['single wall', 'double wall'] as const,
    print: ['brown', 'white'] as const,
    bundle: [10, 25],
  })
    .filter(
      ({ size: [length], wall, bundle }) =>
        (wall === 'double wall' || length < 800) && (bundle === 25) === length <= 400,
    )
    .map(({ size: [length, width, height], wall, print, bundle }): Item => {
      const squareMetres = (2 * (length + width + 20) * (height + width)) / 1000000;
      return {
        code: `BX ${length}x${width}x${height}-${wall === 'single wall' ? '1' : '2'}${print === 'white' ? 'W' : ''}`,
        name: `Corrugated box ${length}×${width}×${height} mm ${wall}, ${print}, bundle of ${bundle}`,
        attrs: {
          'Inside dimensions': `${length} × ${width} × ${height} mm`,
          Wall: wall,
          Flute: wall === 'single wall' ? 'B' : 'BC',
          Colour: print,
          'Maximum load': `${wall === 'single wall' ? 20 : 40} kg`,
          Design: 'FEFCO 0201',
          'Bundle content': `${bundle} pieces`,
        },
        tags: ['box', 'carton', 'karton', 'kutija', wall, `${length}x${width}x${height}`],
        description: `Folding box after FEFCO 0201 of ${wall === 'single wall' ? 'single wall board, B flute' : 'double wall board, BC flute'}, delivered flat. Inside dimensions; at least 70 % recycled fibre, recyclable.`,
        euro:
          bundle *
          (0.08 + squareMetres * (wall === 'single wall' ? 0.62 : 1.05)) *
          (print === 'white' ? 1.18 : 1),
      };
    });
  return {
    key: 'box',
    category: `${PACKAGING}Packaging > Boxes > Corrugated boxes`,
    kind: 'product',
    unit: 'bundle',
    items,
    count: 46,
    vendors: VENDORS,
    shared: 0.42,
    madeToOrder: 0.06,
  };
}

function films(): Family {
  const items = combine({
    use: ['hand', 'machine', 'pre-stretched hand'] as const,
    thickness: [8, 12, 17, 20, 23],
    colour: ['clear', 'black', 'white'] as const,
  })
    .filter(({ use, thickness }) => (use === 'pre-stretched hand' ? thickness <= 12 : thickness >= 17))
    .map(({ use, thickness, colour }): Item => {
      const metres = { hand: 300, machine: 1500, 'pre-stretched hand': 600 }[use];
      const kilos = (0.5 * metres * thickness * 0.92) / 1000;
      return {
        code: `SF-${{ hand: 'H', machine: 'M', 'pre-stretched hand': 'P' }[use]}500-${thickness}${colour.slice(0, 1).toUpperCase()}`,
        name: `Stretch film ${use} roll 500 mm × ${metres} m, ${thickness} µm, ${colour}`,
        attrs: {
          Use: use,
          Width: '500 mm',
          Length: `${metres} m`,
          Thickness: `${thickness} µm`,
          Colour: colour,
          Material: 'LLDPE',
          'Net weight': `${kilos.toFixed(1)} kg`,
        },
        tags: ['stretch film', 'stretchfolie', 'streč folija', `${thickness} µm`, colour],
        description: `Cast stretch film of LLDPE, inside with cling. ${{ hand: 'On a 50 mm core for hand dispensers.', machine: 'On a 76 mm core, stretches up to 250 % on the machine.', 'pre-stretched hand': 'Already stretched: less force, less film per pallet.' }[use]}`,
        euro: 0.9 + kilos * 2.35 * (colour === 'clear' ? 1 : 1.1),
      };
    });
  return {
    key: 'film',
    category: `${PACKAGING}Packaging > Tapes & films > Stretch film`,
    kind: 'product',
    unit: 'roll',
    items,
    count: 24,
    vendors: VENDORS,
    shared: 0.42,
  };
}

const PALLETS = [
  {
    code: 'EUR1-N',
    name: 'EUR wooden pallet 1200×800 mm, new',
    material: 'wood, heat treated',
    size: '1200 × 800 mm',
    load: 1500,
    weight: 25,
    euro: 14.5,
  },
  {
    code: 'EUR1-A',
    name: 'EUR wooden pallet 1200×800 mm, used, grade A',
    material: 'wood, heat treated',
    size: '1200 × 800 mm',
    load: 1500,
    weight: 25,
    euro: 9.8,
  },
  {
    code: 'EUR1-B',
    name: 'EUR wooden pallet 1200×800 mm, used, grade B',
    material: 'wood, heat treated',
    size: '1200 × 800 mm',
    load: 1500,
    weight: 25,
    euro: 7.4,
  },
  {
    code: 'IND-1210',
    name: 'Industrial wooden pallet 1200×1000 mm',
    material: 'wood, heat treated',
    size: '1200 × 1000 mm',
    load: 1500,
    weight: 30,
    euro: 16.9,
  },
  {
    code: 'OW-1208',
    name: 'One-way wooden pallet 1200×800 mm',
    material: 'wood, heat treated',
    size: '1200 × 800 mm',
    load: 600,
    weight: 11,
    euro: 6.2,
  },
  {
    code: 'HALF-W',
    name: 'Half wooden pallet 800×600 mm',
    material: 'wood, heat treated',
    size: '800 × 600 mm',
    load: 500,
    weight: 9.5,
    euro: 8.1,
  },
  {
    code: 'PL-1208-H',
    name: 'Plastic hygiene pallet 1200×800 mm, 3 runners',
    material: 'HDPE',
    size: '1200 × 800 mm',
    load: 1250,
    weight: 18,
    euro: 58,
  },
  {
    code: 'PL-1208-L',
    name: 'Plastic export pallet 1200×800 mm, nestable',
    material: 'recycled PP',
    size: '1200 × 800 mm',
    load: 800,
    weight: 6,
    euro: 12.9,
  },
  {
    code: 'PL-1210-H',
    name: 'Plastic heavy duty pallet 1200×1000 mm, 5 runners',
    material: 'HDPE',
    size: '1200 × 1000 mm',
    load: 2000,
    weight: 24,
    euro: 79,
  },
  {
    code: 'PL-0806',
    name: 'Plastic half pallet 800×600 mm',
    material: 'HDPE',
    size: '800 × 600 mm',
    load: 500,
    weight: 5.6,
    euro: 24,
  },
];

function pallets(): Family {
  const items = PALLETS.map((pallet): Item => ({
    code: pallet.code,
    name: pallet.name,
    attrs: {
      Size: pallet.size,
      Material: pallet.material,
      'Dynamic load': `${pallet.load} kg`,
      Weight: `${pallet.weight} kg`,
      ...(pallet.material.startsWith('wood') ? { Treatment: 'ISPM 15' } : {}),
    },
    tags: ['pallet', 'palette', 'paleta', pallet.material.startsWith('wood') ? 'wood' : 'plastic'],
    description: `Load ${pallet.load} kg when moved by a fork, ${pallet.load * 2} kg standing on a level floor. ${pallet.material.startsWith('wood') ? 'Heat treated and marked after ISPM 15 for export.' : 'Washable, does not absorb water, needs no ISPM 15 treatment.'}`,
    euro: pallet.euro,
    packSize: 5,
  }));
  return {
    key: 'pallet',
    category: `${PACKAGING}Warehouse > Pallets > Pallets`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 10,
    vendors: VENDORS,
    shared: 0.52,
  };
}

export const packaging: Family[] = [boxes(), films(), pallets()];
