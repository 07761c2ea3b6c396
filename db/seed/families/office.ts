import { combine, type Family, type Item } from './family.ts';

const OFFICE = 'Office & Facility > ';
const VENDORS = ['papermill-office', 'burowelt-zurisee', 'desk-beam-furniture'];

function paper(): Family {
  const types = [
    { code: 'A4W', name: 'A4 white', format: '210 × 297 mm', white: 'CIE 161', extra: 1 },
    { code: 'A3W', name: 'A3 white', format: '297 × 420 mm', white: 'CIE 161', extra: 2.05 },
    { code: 'A4R', name: 'A4 recycled', format: '210 × 297 mm', white: 'CIE 90', extra: 0.97 },
  ];
  const items = combine({ type: types, grams: [75, 80, 90, 100], packing: ['ream', 'carton'] as const })
    .filter(({ type, grams }) => type.code !== 'A4R' || grams === 80)
    .map(({ type, grams, packing }): Item => {
      const reams = packing === 'ream' ? 1 : 5;
      return {
        code: `PAP-${type.code}-${grams}${packing === 'carton' ? '-C5' : ''}`,
        name: `Copy paper ${type.name} ${grams} g/m², ${packing === 'ream' ? 'ream of 500 sheets' : 'carton of 5 reams'}`,
        attrs: {
          Format: type.format,
          Grammage: `${grams} g/m²`,
          Whiteness: type.white,
          Sheets: 500 * reams,
          Fibre: type.code === 'A4R' ? '100 % recycled' : 'virgin, FSC certified',
          Standard: 'ISO 9706',
        },
        tags: ['paper', 'copy paper', 'kopierpapier', 'papir', type.name.toLowerCase(), `${grams} g`],
        description: `Uncoated paper for laser printers, inkjet printers and copiers, suited to two-sided printing. ${type.code === 'A4R' ? 'Made of waste paper, Blue Angel.' : 'Non-yellowing for long storage.'}`,
        euro: grams * 0.052 * type.extra * reams * (reams === 5 ? 0.95 : 1),
        unit: packing,
      };
    });
  return {
    key: 'paper',
    category: `${OFFICE}Office supplies > Paper > Copy paper`,
    kind: 'product',
    unit: 'ream',
    items,
    count: 18,
    vendors: VENDORS.slice(0, 2),
    shared: 0.52,
  };
}

function desks(): Family {
  const items = combine({
    width: [120, 140, 160, 180],
    depth: [70, 80],
    top: ['oak décor', 'white', 'graphite'],
  }).map(({ width, depth, top }): Item => ({
    code: `DK-${width}${depth}-${top.slice(0, 3).toUpperCase()}`,
    name: `Height-adjustable desk ${width}×${depth} cm, ${top}`,
    attrs: {
      Width: `${width} cm`,
      Depth: `${depth} cm`,
      'Height range': '62 to 128 cm',
      'Table top': `${top}, 25 mm`,
      Drive: 'two motors',
      'Maximum load': '120 kg',
      Standard: 'EN 527',
    },
    tags: ['desk', 'sit-stand', 'schreibtisch', 'radni sto', top],
    description: `Sit-stand desk with two motors, four memory positions and collision detection. Frame powder coated, melamine top with ABS edge; delivered in two parcels.`,
    euro: 205 + width * 1.05 + depth * 0.9 + (top === 'oak décor' ? 24 : 0),
  }));
  return {
    key: 'desk',
    category: `${OFFICE}Furniture > Workplace > Height-adjustable desks`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 22,
    vendors: VENDORS,
    shared: 0.4,
    madeToOrder: 0.15,
  };
}

function floorCare(): Family {
  const sizes = [
    [35, 20, 1100],
    [43, 40, 1500],
    [50, 50, 2000],
    [55, 70, 2400],
    [65, 90, 2900],
  ] as const;
  const items = combine({ size: sizes, power: ['mains cable', 'lead battery', 'lithium battery'] as const })
    .filter(({ size: [width], power }) => power !== 'mains cable' || width <= 50)
    .map(({ size: [width, litres, area], power }): Item => ({
      code: `SD${width}-${{ 'mains cable': 'E', 'lead battery': 'B', 'lithium battery': 'L' }[power]}`,
      name: `Scrubber-dryer ${width} cm, ${litres} l, ${power}`,
      attrs: {
        'Working width': `${width} cm`,
        'Clean water tank': `${litres} l`,
        'Area output': `${area} m²/h`,
        Power: power,
        ...(power === 'mains cable'
          ? { 'Cable length': '20 m' }
          : { 'Running time': power === 'lead battery' ? '2.5 h' : '3.5 h' }),
        'Noise level': '68 dB(A)',
      },
      tags: ['floor care', 'scrubber-dryer', 'scheuersaugmaschine', 'mašina za pranje podova'],
      description: `Walk-behind scrubber-dryer for up to ${area} m² an hour. With brush, squeegee and ${power === 'mains cable' ? '20 m of cable' : 'on-board charger'}.`,
      euro: 640 + width * 32 + { 'mains cable': 0, 'lead battery': 780, 'lithium battery': 1690 }[power],
    }));
  return {
    key: 'floor',
    category: `${OFFICE}Facility > Cleaning equipment > Floor care`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 13,
    vendors: [...VENDORS.slice(1), 'papermill-office', 'cleanstream-chemicals'],
    shared: 0.4,
    onRequest: 0.12,
    madeToOrder: 0.2,
  };
}

export const office: Family[] = [paper(), desks(), floorCare()];
