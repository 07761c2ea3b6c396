import { combine, type Family, type Item } from './family.ts';

const FLUID = 'Fluid Technology > ';
const VENDORS = ['hidraulica-montseny', 'pompes-vallorbe-est', 'rordal-ventiler', 'aquaflex-dichtungen'];

/** Motor power in kW, rated flow in m³/h and head in metres that belong together. */
const PUMP_SIZES = [
  [0.37, 3, 20],
  [0.55, 6, 18],
  [0.55, 3, 28],
  [0.75, 6, 25],
  [0.75, 12, 13],
  [1.1, 6, 36],
  [1.1, 12, 19],
  [1.5, 12, 27],
  [1.5, 24, 13],
  [2.2, 12, 40],
  [2.2, 24, 20],
  [3, 24, 28],
  [3, 48, 13],
  [4, 24, 37],
  [4, 48, 18],
  [5.5, 48, 25],
  [7.5, 48, 35],
] as const;
const PUMP_BUILDS = [
  {
    short: 'N',
    name: 'cast iron',
    extra: 1,
    seal: 'carbon / ceramic / NBR',
    text: 'Cast iron casing and impeller for clean water.',
  },
  {
    short: 'X',
    name: 'stainless steel',
    extra: 1.75,
    seal: 'SiC / SiC / FKM',
    text: 'Wetted parts of stainless steel 1.4401 for mildly aggressive media.',
  },
  {
    short: 'I',
    name: 'cast iron with inverter',
    extra: 1.9,
    seal: 'carbon / ceramic / NBR',
    text: 'With frequency inverter on the motor for constant pressure.',
  },
];

function pumps(): Family {
  const items = combine({ build: PUMP_BUILDS, size: PUMP_SIZES }).map(
    ({ build, size: [power, flow, head] }): Item => ({
      code: `CP-${build.short} ${power}/${flow}-${head}`,
      name: `Centrifugal pump CP-${build.short} ${power} kW, ${flow} m³/h at ${head} m, ${build.name}`,
      attrs: {
        'Motor power': `${power} kW`,
        'Rated flow': `${flow} m³/h`,
        Head: `${head} m`,
        Voltage: build.short === 'I' ? '3 × 400 V, inverter' : power <= 1.1 ? '1 × 230 V' : '3 × 400 V',
        Material: build.name.replace(' with inverter', ''),
        'Shaft seal': build.seal,
        Protection: 'IP55',
        'Medium temperature': '-10 to +90 °C',
      },
      tags: ['pump', 'centrifugal', 'kreiselpumpe', 'centrifugalna pumpa', `${power} kw`],
      description: `Single-stage, end-suction centrifugal pump with closed impeller, close coupled to an IE3 motor. ${build.text} Duty point ${flow} m³/h at ${head} m.`,
      euro: (190 + power * 108 + flow * 3.1) * build.extra,
    }),
  );
  return {
    key: 'pump',
    category: `${FLUID}Pumps > Centrifugal pumps > Single-stage pumps`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 48,
    vendors: [...VENDORS.slice(0, 3), 'severnyj-nasos'],
    shared: 0.25,
    onRequest: 0.1,
    madeToOrder: 0.25,
  };
}

function dosingPumps(): Family {
  const heads = [
    { head: 'PP', seal: 'EPDM', extra: 1 },
    { head: 'PVDF', seal: 'PTFE', extra: 1.35 },
    { head: 'stainless steel', seal: 'PTFE', extra: 1.9 },
  ];
  const sizes = [
    [1, 16],
    [2, 16],
    [5, 10],
    [10, 10],
    [20, 7],
    [50, 4],
  ] as const;
  const items = combine({ head: heads, size: sizes }).map(({ head, size: [flow, bar] }): Item => ({
    code: `DP ${flow}-${bar} ${head.head === 'stainless steel' ? 'SS' : head.head}`,
    name: `Diaphragm dosing pump DP ${flow} l/h, ${bar} bar, ${head.head} head`,
    attrs: {
      'Maximum flow': `${flow} l/h`,
      'Back pressure': `${bar} bar`,
      'Head material': head.head,
      Valves: head.seal,
      Voltage: '100-240 V AC',
      Control: 'manual, pulse, 4-20 mA',
      Protection: 'IP65',
    },
    tags: ['pump', 'dosing', 'dosierpumpe', 'dozir pumpa', head.head.toLowerCase()],
    description: `Electronic diaphragm dosing pump with PTFE faced diaphragm, setting range 1:1000. With foot valve, injection valve and 4 m of hose.`,
    euro: (275 + flow * 6.2) * head.extra,
  }));
  return {
    key: 'dose',
    category: `${FLUID}Pumps > Dosing pumps > Diaphragm dosing pumps`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 16,
    vendors: ['pompes-vallorbe-est', 'hidraulica-montseny', 'rordal-ventiler'],
    shared: 0.3,
    onRequest: 0.08,
    madeToOrder: 0.15,
  };
}

const GAS_SIZES = [
  ['1/4"', 8],
  ['3/8"', 10],
  ['1/2"', 15],
  ['3/4"', 20],
  ['1"', 25],
  ['1 1/4"', 32],
  ['1 1/2"', 40],
  ['2"', 50],
] as const;
const VALVE_BODIES = [
  {
    short: 'BR',
    name: 'brass',
    pressure: 25,
    seat: 'PTFE',
    range: '-20 to +120 °C',
    base: 3.4,
    slope: 0.0108,
  },
  {
    short: 'SS',
    name: 'stainless steel 316',
    pressure: 63,
    seat: 'RTFE',
    range: '-25 to +180 °C',
    base: 8.8,
    slope: 0.0262,
  },
  { short: 'PVC', name: 'PVC-U', pressure: 16, seat: 'PE', range: '0 to +60 °C', base: 4.6, slope: 0.0131 },
];

function ballValves(): Family {
  const items = combine({
    body: VALVE_BODIES,
    size: GAS_SIZES,
    operation: ['lever', 'pneumatic actuator', 'lockable lever'] as const,
  })
    .filter(
      ({ body, size: [, dn], operation }) =>
        (body.short !== 'PVC' || dn >= 15) && (operation !== 'pneumatic actuator' || dn >= 15),
    )
    .map(({ body, size: [thread, dn], operation }): Item => ({
      code: `BV-${body.short} G${thread.replaceAll('"', '')}${{ lever: '', 'pneumatic actuator': '-PA', 'lockable lever': '-LL' }[operation]}`,
      name: `Ball valve ${body.name} G ${thread} PN${body.pressure}, ${operation}`,
      attrs: {
        Thread: `G ${thread}`,
        'Nominal size': `DN ${dn}`,
        'Nominal pressure': `PN ${body.pressure}`,
        'Body material': body.name,
        Seat: body.seat,
        Operation: operation,
        Bore: 'full',
        Temperature: body.range,
      },
      tags: ['valve', 'ball valve', 'kugelhahn', 'kuglasti ventil', body.name.toLowerCase(), `dn${dn}`],
      description: `Two-piece ball valve with full bore and female threads after ISO 228. ${operation === 'pneumatic actuator' ? 'Double acting pneumatic actuator, 6 bar control pressure, mounting after ISO 5211.' : operation === 'lockable lever' ? 'Lever can be locked in both end positions with a padlock.' : 'Steel lever with plastic sleeve.'}`,
      euro:
        body.base +
        dn * dn * body.slope +
        dn * 0.12 +
        { lever: 0, 'pneumatic actuator': 74 + dn * 1.6, 'lockable lever': 3.8 }[operation],
    }));
  return {
    key: 'ballvalve',
    category: `${FLUID}Valves > Ball valves > Threaded ball valves`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 56,
    vendors: [...VENDORS, 'severnyj-nasos'],
    shared: 0.42,
  };
}

function solenoidValves(): Family {
  const sizes = [
    ['1/8"', 2.5],
    ['1/4"', 4],
    ['3/8"', 10],
    ['1/2"', 13],
    ['3/4"', 20],
    ['1"', 25],
  ] as const;
  const items = combine({ size: sizes, coil: ['24 V DC', '230 V AC', '12 V DC'], rest: ['NC', 'NO'] }).map(
    ({ size: [thread, orifice], coil, rest }): Item => ({
      code: `SV22-${thread.replaceAll('"', '')}-${coil.replaceAll(' ', '')}-${rest}`,
      name: `Solenoid valve 2/2-way G ${thread}, ${coil}, ${rest === 'NC' ? 'normally closed' : 'normally open'}`,
      attrs: {
        Thread: `G ${thread}`,
        Orifice: `${orifice} mm`,
        Coil: coil,
        'Rest position': rest === 'NC' ? 'normally closed' : 'normally open',
        Body: 'brass',
        Seal: 'NBR',
        Pressure: orifice <= 4 ? '0 to 10 bar' : '0.3 to 16 bar',
        Protection: 'IP65 with plug',
      },
      tags: [
        'valve',
        'solenoid',
        'magnetventil',
        'elektromagnetni ventil',
        rest.toLowerCase(),
        coil.toLowerCase(),
      ],
      description: `2/2-way valve for water, air and neutral fluids, ${orifice <= 4 ? 'direct acting' : 'servo assisted diaphragm'}. Coil turns through 360°, 100 % duty; plug after DIN EN 175301-803 included.`,
      euro: (22 + orifice * 2.6) * (rest === 'NO' ? 1.15 : 1),
    }),
  );
  return {
    key: 'solenoid',
    category: `${FLUID}Valves > Solenoid valves > 2/2-way solenoid valves`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 30,
    vendors: VENDORS,
    shared: 0.4,
  };
}

/** Nominal size, working pressure in bar after EN 853, outside diameter in mm, euro per metre. */
const HOSES = [
  [6, 400, 15, 3.6],
  [8, 350, 16.6, 4.1],
  [10, 330, 19, 4.9],
  [12, 275, 22.2, 5.8],
  [16, 250, 25.4, 7.6],
  [20, 215, 29.3, 9.9],
  [25, 165, 38.1, 14.2],
] as const;

function hoses(): Family {
  const items = combine({
    hose: HOSES,
    length: [1, 2, 5, 10, 20],
    ends: ['without fittings', 'with DKOL fittings'] as const,
  })
    .filter(({ length, ends }) => (ends === 'without fittings' ? length >= 5 : length <= 5))
    .map(({ hose: [dn, bar, outside, metre], length, ends }): Item => ({
      code: `2SN-DN${dn}-${length}M${ends === 'with DKOL fittings' ? '-DKOL' : ''}`,
      name: `Hydraulic hose 2SN DN${dn}, ${bar} bar, ${length} m ${ends}`,
      attrs: {
        'Nominal size': `DN ${dn}`,
        'Working pressure': `${bar} bar`,
        'Outside diameter': `${outside} mm`,
        Length: `${length} m`,
        Ends: ends.replace('with ', ''),
        Reinforcement: '2 steel wire braids',
        Standard: 'EN 853 2SN',
        Temperature: '-40 to +100 °C',
      },
      tags: ['hose', '2sn', 'hydraulikschlauch', 'hidraulično crevo', `dn${dn}`],
      description: `Hydraulic hose with two steel wire braids for mineral oil and water-glycol fluids, burst pressure four times the working pressure. ${ends === 'with DKOL fittings' ? 'Both ends crimped with DKOL fittings of galvanised steel, tested at 1.5 times the working pressure.' : 'Cut to length, ends not crimped.'}`,
      euro: metre * length + (ends === 'with DKOL fittings' ? 9 + dn * 0.9 : 0.8),
    }));
  return {
    key: 'hose',
    category: `${FLUID}Hoses & fittings > Hydraulic hoses > Two-wire hoses`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 40,
    vendors: [...VENDORS, 'hurtownia-zubr-bis'],
    shared: 0.42,
    madeToOrder: 0.12,
  };
}

const RUBBERS = [
  {
    name: 'NBR',
    hardness: 70,
    range: '-30 to +100 °C',
    media: 'mineral oil, grease and water',
    extra: 1,
    colour: 'black',
  },
  {
    name: 'FKM',
    hardness: 75,
    range: '-15 to +200 °C',
    media: 'hot oil, fuels and many chemicals',
    extra: 5.2,
    colour: 'brown',
  },
  {
    name: 'EPDM',
    hardness: 70,
    range: '-45 to +130 °C',
    media: 'hot water, steam and brake fluid; not for mineral oil',
    extra: 1.6,
    colour: 'black',
  },
  {
    name: 'VMQ',
    hardness: 70,
    range: '-55 to +200 °C',
    media: 'hot air and food contact',
    extra: 2.6,
    colour: 'red',
  },
];

function oRings(): Family {
  const items = combine({
    rubber: RUBBERS,
    inside: [5, 8, 10, 12, 16, 20, 25, 30, 40, 50],
    cord: [1.5, 2, 2.5, 3],
  })
    .filter(({ inside, cord }) => cord * 4 <= inside || cord <= 2)
    .map(({ rubber, inside, cord }): Item => ({
      code: `OR ${inside}x${cord} ${rubber.name}${rubber.hardness}`,
      name: `O-ring ${inside}×${cord} mm ${rubber.name} ${rubber.hardness} Shore A`,
      attrs: {
        'Inside diameter': `${inside} mm`,
        'Cord diameter': `${cord} mm`,
        Material: rubber.name,
        Hardness: `${rubber.hardness} Shore A`,
        Temperature: rubber.range,
        Colour: rubber.colour,
        Standard: 'ISO 3601',
      },
      tags: ['o-ring', 'seal', 'dichtring', 'joint torique', 'zaptivni prsten', rubber.name.toLowerCase()],
      description: `O-ring of ${rubber.name} for static and slow moving seals. Suited to ${rubber.media}, ${rubber.range}.`,
      euro: (0.009 + (inside + cord) * cord * cord * 0.00028) * rubber.extra,
      packSize: inside <= 16 ? 100 : inside <= 30 ? 50 : 25,
    }));
  return {
    key: 'oring',
    category: `${FLUID}Seals > O-rings > O-rings`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 60,
    vendors: [...VENDORS, 'hurtownia-zubr-bis'],
    shared: 0.42,
  };
}

export const fluid: Family[] = [pumps(), dosingPumps(), ballValves(), solenoidValves(), hoses(), oRings()];
