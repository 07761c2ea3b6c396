import { combine, type Family, type Item } from './family.ts';

const ELECTRICAL = 'Electrical Engineering > ';
const VENDORS = ['voltkraft-elektro', 'lodz-kabel', 'brightpanel-switchgear'];

function installationCables(): Family {
  const items = combine({ cores: [3, 4, 5], section: [1.5, 2.5, 4, 6, 10], length: [50, 100, 500] })
    .filter(
      ({ cores, section, length }) =>
        (length < 500 || cores * section <= 12.5) && (cores !== 4 || section >= 2.5),
    )
    .map(({ cores, section, length }): Item => ({
      code: `NYM-J ${cores}x${section}/${length}`,
      name: `Installation cable NYM-J ${cores}×${section} mm², ${length} m ${length === 500 ? 'drum' : 'ring'}`,
      attrs: {
        Type: 'NYM-J',
        Cores: cores,
        'Cross section': `${section} mm²`,
        Length: `${length} m`,
        'Rated voltage': '300/500 V',
        Conductor: 'copper, class 1',
        'Fire class': 'Eca',
        Standard: 'DIN VDE 0250-204',
      },
      tags: ['cable', 'nym-j', 'mantelleitung', 'instalacioni kabl', `${section} mm²`],
      description: `PVC sheathed cable with protective conductor for fixed installation in dry, damp and wet rooms, not in the open. ${length === 500 ? 'On a one-way wooden drum.' : 'Shrink wrapped ring.'}`,
      euro: length * (0.13 + cores * section * 0.118),
      unit: length === 500 ? 'drum' : 'ring',
    }));
  return {
    key: 'nym',
    category: `${ELECTRICAL}Cables & wires > Installation cables > NYM-J`,
    kind: 'product',
    unit: 'ring',
    items,
    count: 32,
    vendors: [...VENDORS.slice(0, 2), 'hurtownia-zubr-bis'],
    shared: 0.48,
  };
}

const SHEATHS = [
  { short: 'JZ', name: 'PVC grey', text: 'Grey PVC sheath, oil resistant, numbered cores.', extra: 1 },
  {
    short: 'CY',
    name: 'shielded',
    text: 'Tinned copper braid of 85 % coverage under a transparent PVC sheath.',
    extra: 1.75,
  },
  {
    short: 'H',
    name: 'halogen-free',
    text: 'Halogen-free, flame retardant sheath for buildings with many people.',
    extra: 1.45,
  },
];

function controlCables(): Family {
  const items = combine({
    sheath: SHEATHS,
    cores: [3, 4, 5, 7, 12, 18, 25],
    section: [0.5, 0.75, 1, 1.5],
  }).map(({ sheath, cores, section }): Item => ({
    code: `CC-110-${sheath.short} ${cores}G${section}`,
    name: `Control cable CC-110 ${cores}G${section} mm², ${sheath.name}`,
    attrs: {
      Cores: cores,
      'Cross section': `${section} mm²`,
      Sheath: sheath.name,
      'Rated voltage': '300/500 V',
      Conductor: 'copper, class 5',
      'Bending radius': '12.5 × outside diameter',
      Temperature: '-30 to +70 °C',
    },
    tags: ['cable', 'control cable', 'steuerleitung', 'upravljački kabl', `${cores}g${section}`],
    description: `Flexible control cable with green-yellow protective conductor, sold by the metre and cut from the drum. ${sheath.text}`,
    euro: (0.24 + cores * section * 0.128 + cores * 0.026) * sheath.extra,
    packSize: cores <= 7 ? 10 : 5,
  }));
  return {
    key: 'control',
    category: `${ELECTRICAL}Cables & wires > Control cables > Flexible control cables`,
    kind: 'product',
    unit: 'metre',
    items,
    count: 48,
    vendors: VENDORS.slice(0, 2),
    shared: 0.4,
  };
}

/** Cross section in mm², colour after DIN 46228-4, usual sleeve length in mm. */
const FERRULES = [
  [0.25, 'light blue', 8],
  [0.34, 'turquoise', 8],
  [0.5, 'white', 8],
  [0.75, 'grey', 8],
  [1, 'red', 8],
  [1.5, 'black', 8],
  [2.5, 'blue', 8],
  [4, 'grey', 10],
  [6, 'yellow', 12],
  [10, 'red', 12],
  [16, 'blue', 12],
] as const;

function ferrules(): Family {
  const items = combine({ size: FERRULES, type: ['insulated', 'uninsulated', 'twin'] as const, long: [0, 4] })
    .filter(
      ({ size: [section], type, long }) =>
        (type !== 'twin' || (section >= 0.5 && section <= 6 && long === 0)) &&
        (type !== 'uninsulated' || long === 0),
    )
    .map(({ size: [section, colour, sleeve], type, long }): Item => {
      const length = sleeve + long;
      const count = type === 'twin' ? '2x' : '';
      return {
        code: `${type === 'uninsulated' ? 'UF' : 'IF'} ${count}${section}-${length}`,
        name: `Wire-end ferrule ${type} ${count.replace('x', '×')}${section} mm², ${length} mm`,
        attrs: {
          'Cross section': `${count.replace('x', '×')}${section} mm²`,
          'Sleeve length': `${length} mm`,
          Type: type,
          ...(type === 'uninsulated' ? {} : { Colour: colour, Insulation: 'polypropylene' }),
          Material: 'copper, tinned',
          Standard: type === 'uninsulated' ? 'DIN 46228-1' : 'DIN 46228-4',
        },
        tags: ['ferrule', 'aderendhülse', 'tuljak', 'hilzna', `${section} mm²`],
        description: `Ferrule of tinned electrolytic copper for fine stranded conductors${type === 'twin' ? ', takes two conductors of the same size' : ''}. ${type === 'uninsulated' ? 'Without collar, for narrow terminals.' : `Collar in ${colour}, the colour of the DIN code.`}`,
        euro:
          (0.0062 + section * 0.0031 + length * 0.0004) *
          { insulated: 1.35, uninsulated: 0.85, twin: 2.2 }[type],
        packSize: section <= 6 ? 100 : 50,
      };
    });
  return {
    key: 'ferrule',
    category: `${ELECTRICAL}Cables & wires > Terminations > Wire-end ferrules`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 32,
    vendors: [...VENDORS, 'szerszamhaz-karpat'],
    shared: 0.52,
  };
}

function circuitBreakers(): Family {
  const items = combine({
    poles: [1, 2, 3, 4],
    curve: ['B', 'C', 'D'],
    amps: [6, 10, 16, 20, 25, 32, 40, 63],
    capacity: [6, 10],
  })
    .filter(({ curve, capacity }) => curve !== 'D' || capacity === 10)
    .map(({ poles, curve, amps, capacity }): Item => ({
      code: `MCB${capacity}-${poles}P-${curve}${amps}`,
      name: `Miniature circuit breaker ${poles}P ${curve}${amps} A, ${capacity} kA`,
      attrs: {
        Poles: poles,
        Curve: curve,
        'Rated current': `${amps} A`,
        'Breaking capacity': `${capacity} kA`,
        'Rated voltage': poles === 1 ? '230/400 V AC' : '400 V AC',
        Width: `${poles * 17.5} mm`,
        Standard: 'IEC 60898-1',
      },
      tags: [
        'mcb',
        'circuit breaker',
        'leitungsschutzschalter',
        'automatski osigurač',
        `${curve}${amps}`.toLowerCase(),
      ],
      description: `Miniature circuit breaker for DIN rail, terminals for busbar and conductors up to 25 mm². Tripping curve ${curve}: ${{ B: '3 to 5', C: '5 to 10', D: '10 to 20' }[curve]} times the rated current.`,
      euro:
        poles *
        (2.3 + (amps >= 40 ? 3.4 : amps <= 6 ? 1.2 : 0.4) + (capacity === 10 ? 1.7 : 0)) *
        ({ B: 1, C: 1.06, D: 1.3 }[curve] ?? 1),
    }));
  return {
    key: 'mcb',
    category: `${ELECTRICAL}Switchgear > Circuit breakers > Miniature circuit breakers`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 64,
    vendors: [...VENDORS, 'hurtownia-zubr-bis'],
    shared: 0.42,
  };
}

const MOTORS = [
  [4, 9],
  [5.5, 12],
  [7.5, 18],
  [11, 25],
  [15, 32],
  [18.5, 38],
  [22, 50],
] as const;

function contactors(): Family {
  const items = combine({
    motor: MOTORS,
    coil: ['24 V DC', '230 V AC', '400 V AC'],
    aux: ['1NO', '1NC', '1NO+1NC'],
  }).map(({ motor: [power, amps], coil, aux }): Item => ({
    code: `PC${amps}-${coil.replace(/\D/g, '')}${coil.slice(-2)}-${aux.replace('+', '')}`,
    name: `Power contactor ${power} kW, ${amps} A AC-3, coil ${coil}, ${aux}`,
    attrs: {
      'Motor power at 400 V': `${power} kW`,
      'Rated current AC-3': `${amps} A`,
      Coil: coil,
      'Auxiliary contacts': aux,
      Poles: 3,
      Mounting: 'DIN rail 35 mm',
      Standard: 'IEC 60947-4-1',
    },
    tags: ['contactor', 'schütz', 'kontaktor', `${power} kw`, coil.toLowerCase()],
    description: `Three-pole contactor for switching three-phase motors up to ${power} kW at 400 V. ${coil === '24 V DC' ? 'Electronic coil with built-in surge suppression, can be driven by a PLC output.' : 'Suppressor modules clip on from the front.'}`,
    euro: (13 + amps * 1.35) * (coil === '24 V DC' ? 1.2 : 1) + (aux === '1NO+1NC' ? 4.2 : 0),
  }));
  return {
    key: 'contactor',
    category: `${ELECTRICAL}Switchgear > Contactors > Power contactors`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 36,
    vendors: VENDORS,
    shared: 0.42,
  };
}

function highBays(): Family {
  const items = combine({ watts: [100, 150, 200, 240], kelvin: [4000, 5000], beam: [60, 90, 120] }).map(
    ({ watts, kelvin, beam }): Item => ({
      code: `HB-${watts}-${kelvin / 100}-${beam}`,
      name: `LED high bay ${watts} W ${kelvin} K IP65, ${beam}°`,
      attrs: {
        Power: `${watts} W`,
        'Luminous flux': `${watts * 150} lm`,
        'Colour temperature': `${kelvin} K`,
        'Beam angle': `${beam}°`,
        'Colour rendering': 'Ra > 80',
        Protection: 'IP65 / IK08',
        Dimming: '1-10 V',
        'Rated life': '50,000 h L80',
      },
      tags: ['led', 'high bay', 'hallenleuchte', 'industrijska rasveta', `${watts} w`],
      description: `LED high bay for halls ${watts <= 150 ? '5 to 8' : '8 to 14'} m high, die-cast aluminium body, ready-wired with 0.5 m of cable. Suspension ring included; ambient temperature -30 to +50 °C.`,
      euro: 42 + watts * 0.52 + (beam === 60 ? 8 : 0),
    }),
  );
  return {
    key: 'highbay',
    category: `${ELECTRICAL}Lighting > LED luminaires > High bay lights`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 24,
    vendors: VENDORS,
    shared: 0.35,
    madeToOrder: 0.08,
  };
}

export const electrical: Family[] = [
  installationCables(),
  controlCables(),
  ferrules(),
  circuitBreakers(),
  contactors(),
  highBays(),
];
