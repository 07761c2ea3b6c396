import { combine, type Family, type Item } from './family.ts';

const AUTOMATION = 'Automation > ';
const VENDORS = ['servomat-celik', 'sensorik-alpengluhen', 'quanvolt-automation'];

/** Thread, sensing range flush and non-flush in mm, switching frequency in Hz. */
const INDUCTIVE = [
  ['M8', 2, 4, 2000],
  ['M12', 4, 8, 1000],
  ['M18', 8, 12, 500],
  ['M30', 15, 22, 250],
] as const;

function inductiveSensors(): Family {
  const items = combine({
    size: INDUCTIVE,
    mounting: ['flush', 'non-flush'] as const,
    output: ['PNP NO', 'PNP NC', 'NPN NO'],
    connection: ['cable 2 m', 'M12 plug'] as const,
  }).map(({ size: [thread, near, far, hertz], mounting, output, connection }): Item => {
    const range = mounting === 'flush' ? near : far;
    return {
      code: `IS-${thread}-${mounting === 'flush' ? 'F' : 'N'}${range}-${output.replace(' ', '')}-${connection === 'M12 plug' ? 'S12' : 'K2'}`,
      name: `Inductive sensor ${thread}, ${range} mm ${mounting}, ${output}, ${connection}`,
      attrs: {
        Thread: `${thread}×${thread === 'M30' ? '1.5' : '1'}`,
        'Sensing range': `${range} mm`,
        Mounting: mounting,
        Output: output,
        Connection: connection,
        'Supply voltage': '10-30 V DC',
        'Switching frequency': `${hertz} Hz`,
        Protection: 'IP67',
      },
      tags: [
        'sensor',
        'inductive',
        'näherungsschalter',
        'induktivni senzor',
        thread.toLowerCase(),
        output.toLowerCase(),
      ],
      description: `Cylindrical inductive sensor with nickel plated brass sleeve and yellow status LED. Short circuit and reverse polarity protected, ${mounting === 'flush' ? 'can be mounted flush in metal' : `needs a metal-free zone around the face`}.`,
      euro:
        { M8: 17, M12: 14.5, M18: 17.5, M30: 26 }[thread] *
        (mounting === 'flush' ? 1 : 1.08) *
        (connection === 'M12 plug' ? 1.1 : 1),
    };
  });
  return {
    key: 'inductive',
    category: `${AUTOMATION}Sensors > Proximity sensors > Inductive sensors`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 48,
    vendors: VENDORS,
    shared: 0.52,
  };
}

const LIGHT_TYPES = [
  {
    type: 'diffuse',
    ranges: [0.3, 0.8, 1.2],
    extra: 1,
    text: 'Energetic diffuse sensor with adjustable range; needs no reflector.',
  },
  {
    type: 'retro-reflective',
    ranges: [2, 4, 8],
    extra: 1.12,
    text: 'With polarising filter for shiny objects; reflector 80 mm included.',
  },
  {
    type: 'through-beam',
    ranges: [10, 20, 40],
    extra: 1.75,
    text: 'Emitter and receiver as a pair, for dusty surroundings and long ranges.',
  },
] as const;

function lightBarriers(): Family {
  const items = combine({
    type: LIGHT_TYPES,
    step: [0, 1, 2] as const,
    output: ['PNP', 'NPN', 'relay'] as const,
    light: ['red', 'infrared'] as const,
  })
    .filter(({ type, light }) => type.type !== 'retro-reflective' || light === 'red')
    .map(({ type, step, output, light }): Item => ({
      code: `LB-${type.type.slice(0, 1).toUpperCase()}${type.ranges[step]}-${output.toUpperCase()}-${light === 'red' ? 'R' : 'IR'}`,
      name: `Photoelectric sensor ${type.type}, ${type.ranges[step]} m, ${output}, ${light} light`,
      attrs: {
        Principle: type.type,
        'Sensing range': `${type.ranges[step]} m`,
        Output: output,
        Light: light,
        'Supply voltage': output === 'relay' ? '24-240 V AC/DC' : '10-30 V DC',
        Switching: 'light/dark selectable',
        Protection: 'IP67',
      },
      tags: ['sensor', 'photoelectric', 'lichtschranke', 'fotoćelija', type.type],
      description: `Photoelectric sensor in a compact plastic housing, M12 plug or terminal compartment, sensitivity set by potentiometer. ${type.text}`,
      euro: (34 + step * 9) * type.extra * (output === 'relay' ? 1.35 : 1),
    }));
  return {
    key: 'light',
    category: `${AUTOMATION}Sensors > Photoelectric sensors > Light barriers`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 30,
    vendors: VENDORS,
    shared: 0.42,
  };
}

const DRIVES = [
  [0.75, 2.3],
  [1.5, 4.1],
  [2.2, 5.6],
  [4, 9.5],
  [5.5, 13],
  [7.5, 17],
  [11, 25],
  [15, 32],
  [22, 45],
] as const;

function inverters(): Family {
  const items = combine({ size: DRIVES, bus: ['Modbus RTU', 'PROFINET', 'EtherCAT'] as const }).map(
    ({ size: [power, amps], bus }): Item => ({
      code: `FI400-${power}-${{ 'Modbus RTU': 'MB', PROFINET: 'PN', EtherCAT: 'EC' }[bus]}`,
      name: `Frequency inverter ${power} kW, 3 × 400 V, ${bus}`,
      attrs: {
        'Motor power': `${power} kW`,
        'Output current': `${amps} A`,
        'Mains voltage': '3 × 380-480 V',
        Fieldbus: bus,
        'Output frequency': '0 to 599 Hz',
        'Safe torque off': 'SIL 3 / PL e',
        'EMC filter': 'C2',
        Protection: 'IP20',
      },
      tags: ['vfd', 'inverter', 'drive', 'frequenzumrichter', 'frekventni regulator', `${power} kw`],
      description: `Frequency inverter with V/f and sensorless vector control for asynchronous and permanent magnet motors. Built-in EMC filter and braking chopper, ${bus} on board.`,
      euro: (128 + power * 62) * { 'Modbus RTU': 1, PROFINET: 1.14, EtherCAT: 1.17 }[bus],
    }),
  );
  return {
    key: 'inverter',
    category: `${AUTOMATION}Drives > Frequency inverters > Three-phase inverters`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 27,
    vendors: VENDORS,
    shared: 0.42,
    onRequest: 0.08,
    madeToOrder: 0.12,
  };
}

const CARDS = [
  {
    code: 'DI',
    kind: 'digital input',
    signals: ['24 V DC', '230 V AC'],
    channels: [4, 8, 16, 32],
    base: 38,
    step: 3.4,
  },
  {
    code: 'DO',
    kind: 'digital output',
    signals: ['24 V DC 0.5 A', '24 V DC 2 A', 'relay 2 A'],
    channels: [4, 8, 16],
    base: 44,
    step: 4.1,
  },
  {
    code: 'AI',
    kind: 'analogue input',
    signals: ['0-10 V', '4-20 mA', 'Pt100'],
    channels: [2, 4, 8],
    base: 92,
    step: 17,
  },
  {
    code: 'AO',
    kind: 'analogue output',
    signals: ['0-10 V', '4-20 mA'],
    channels: [2, 4, 8],
    base: 104,
    step: 23,
  },
];

function ioModules(): Family {
  const items = CARDS.flatMap((card) =>
    combine({ signal: card.signals, channels: card.channels }).map(({ signal, channels }): Item => ({
      code: `IO-${card.code}${channels}/${signal.replace(' V DC', 'V').replaceAll(' ', '')}`,
      name: `PLC I/O module ${channels} × ${card.kind} ${signal}`,
      attrs: {
        Channels: channels,
        Type: card.kind,
        Signal: signal,
        ...(card.kind.startsWith('analogue') ? { Resolution: '16 bit' } : {}),
        Supply: '24 V DC',
        Terminals: 'push-in 1.5 mm²',
        Mounting: 'DIN rail 35 mm',
        Protection: 'IP20',
      },
      tags: ['plc', 'i/o', 'e/a-modul', 'ulazno-izlazni modul', card.kind],
      description: `Slice module for the remote I/O system, ${channels} channels, exchangeable under voltage. Status LED per channel, diagnosis over the fieldbus coupler.`,
      euro: card.base + channels * card.step,
    })),
  );
  return {
    key: 'io',
    category: `${AUTOMATION}Control > PLCs > I/O modules`,
    kind: 'product',
    unit: 'piece',
    items,
    count: 32,
    vendors: VENDORS,
    shared: 0.42,
    madeToOrder: 0.06,
  };
}

export const automation: Family[] = [inductiveSensors(), lightBarriers(), inverters(), ioModules()];
