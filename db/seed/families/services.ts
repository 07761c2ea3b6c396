import { combine, type Family, type Item } from './family.ts';

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

const SERVICES = 'Industrial Services > ';
const service = (family: Omit<Family, 'kind'>): Family => ({ onRequest: 0.1, ...family, kind: 'service' });

const GAUGES = [
  ['digital calipers', '0 to 300 mm', 'VDI/VDE/DGQ 2618 9.1', 19],
  ['micrometers', '0 to 100 mm', 'VDI/VDE/DGQ 2618 10.1', 24],
  ['dial gauges', '0 to 25 mm', 'VDI/VDE/DGQ 2618 11.1', 22],
  ['torque wrenches', '1 to 400 Nm', 'ISO 6789-2', 42],
  ['pressure gauges', '-1 to 400 bar', 'DKD-R 6-1', 36],
  ['thermometers', '-40 to 400 °C', 'DKD-R 5-1', 55],
  ['scales', 'up to 60 kg', 'EURAMET cg-18', 88],
  ['multimeters', 'DC to 100 kHz', 'VDI/VDE 2622', 74],
] as const;
const LEVELS = [
  ['ISO certificate', '5 working days', 1],
  ['accredited certificate', '8 working days', 2.1],
  ['on site', 'by appointment', 1.7],
  ['express 24 h', '1 working day', 1.6],
] as const;

const calibration = service({
  key: 'calibration',
  category: `${SERVICES}Calibration & testing > Calibration > Calibration of gauges`,
  unit: 'item',
  count: 30,
  vendors: ['caliper-calibration-services', 'szerszamhaz-karpat', 'mernoki-muhely'],
  shared: 0.4,
  items: combine({ gauge: GAUGES, level: LEVELS }).map(
    ({ gauge: [name, range, guideline, euro], level: [level, time, extra] }): Item => ({
      code: '',
      name: `Calibration of ${name}, ${level}`,
      attrs: {
        'Measuring range': range,
        Guideline: guideline,
        Certificate: level.startsWith('accredited') ? 'ISO/IEC 17025' : 'factory, traceable',
        Turnaround: time,
        Place: level === 'on site' ? 'customer' : 'laboratory',
      },
      tags: ['calibration', 'service', 'kalibrierung', 'kalibracija', level],
      description: `Calibration after ${guideline} with a certificate that states measured values and uncertainty. Price for one instrument; adjustment and repair are quoted separately.`,
      euro: euro * extra,
    }),
  ),
});

const ZONES = [
  ['1, domestic', 1],
  ['2, neighbouring countries', 1.6],
  ['3, European Union', 2.3],
  ['4, rest of Europe', 3.1],
] as const;

const freight = service({
  key: 'freight',
  category: `${SERVICES}Logistics > Freight > Road freight`,
  unit: 'shipment',
  count: 40,
  vendors: ['polderway-forwarding', 'liftright-rentals', 'hurtownia-zubr-bis'],
  shared: 0.35,
  items: combine({
    type: [
      ['standard', 1],
      ['express', 1.7],
      ['temperature controlled', 1.45],
    ] as const,
    zone: ZONES,
    load: [
      [100, 58],
      [500, 104],
      [1000, 152],
      [5000, 395],
    ] as const,
  }).map(({ type: [type, extra], zone: [zone, far], load: [kilos, euro] }): Item => ({
    code: '',
    name: `Road freight ${type}, zone ${zone.split(',')[0]}, up to ${kilos} kg`,
    attrs: {
      Service: type,
      Zone: zone,
      'Maximum weight': `${kilos} kg`,
      Transit:
        type === 'express'
          ? days(1 + ZONES.findIndex(([name]) => name === zone))
          : days(2 + 2 * ZONES.findIndex(([name]) => name === zone)),
      ...(type === 'temperature controlled' ? { Temperature: '+2 to +8 °C' } : {}),
      Insurance: 'CMR',
    },
    tags: ['freight', 'transport', 'service', 'spedition', 'prevoz', type],
    description: `Collection and delivery by road on a palletised basis, ramp to ramp, unloading time 30 minutes. Zone ${zone}; customs clearance is charged separately where needed.`,
    euro: euro * far * extra,
  })),
});

const machining = service({
  key: 'machining',
  category: `${SERVICES}Machining > Contract machining > CNC machining`,
  unit: 'hour',
  count: 24,
  vendors: ['cutline-contract-machining', 'servomat-celik', 'mernoki-muhely'],
  shared: 0.42,
  items: combine({
    process: [
      ['milling, 3-axis', 58],
      ['milling, 5-axis', 84],
      ['turning', 54],
      ['cylindrical grinding', 72],
    ] as const,
    material: [
      ['steel', 1],
      ['stainless steel', 1.12],
      ['aluminium', 0.95],
      ['titanium', 1.35],
      ['engineering plastics', 0.92],
      ['brass', 0.97],
    ] as const,
  }).map(({ process: [process, euro], material: [material, extra] }): Item => ({
    code: '',
    name: `CNC ${process} of ${material}, per hour`,
    attrs: {
      Process: process,
      Material: material,
      Tolerance: process.includes('grinding') ? 'IT5' : process.includes('5-axis') ? 'IT6' : 'IT7',
      'Maximum part size': process.startsWith('milling') ? '800 × 500 × 500 mm' : 'Ø 300 × 800 mm',
      Lot: '1 to 500 pieces',
      Inspection: 'report on request',
    },
    tags: ['machining', 'cnc', 'service', 'lohnfertigung', 'mašinska obrada', material],
    description: `Machine hour including operator, standard tools and coolant; material, fixtures and programming are quoted by drawing. STEP and DXF files accepted.`,
    euro: euro * extra,
  })),
});

const MACHINES = [
  ['electric forklift 1.5 t', '1.5 t', '4.5 m', 62],
  ['electric forklift 2.5 t', '2.5 t', '4.5 m', 78],
  ['diesel forklift 3.5 t', '3.5 t', '4 m', 92],
  ['scissor lift 10 m', '0.45 t', '10 m', 84],
  ['articulated boom 16 m', '0.23 t', '16 m', 148],
  ['telehandler 3.5 t', '3.5 t', '13 m', 165],
  ['pallet stacker 1.2 t', '1.2 t', '2.9 m', 34],
] as const;

const rental = service({
  key: 'rental',
  category: `${SERVICES}Rental > Equipment rental > Forklifts & lifts`,
  unit: 'day',
  count: 21,
  vendors: ['liftright-rentals', 'nordwind-lagertechnik'],
  shared: 0.42,
  items: combine({
    machine: MACHINES,
    period: [
      ['day', 1],
      ['week', 3.4],
      ['month', 9.5],
    ] as const,
  }).map(({ machine: [name, load, height, euro], period: [period, days] }): Item => ({
    code: '',
    name: `Rental of ${name}, per ${period}`,
    attrs: {
      Machine: name,
      'Rated load': load,
      'Lifting height': height,
      Period: period,
      Insurance: 'machinery breakdown, excess 1,000 EUR',
      Operator: 'not included',
    },
    tags: ['rental', 'hire', 'service', 'miete', 'iznajmljivanje', name.split(' ').slice(0, 2).join(' ')],
    description: `Machine with valid inspection, one shift of up to 8 hours a day. Transport both ways and fuel or charging are not included; operators need a licence.`,
    euro: euro * days,
    unit: period,
  })),
});

const WASTES = [
  ['mixed commercial', '20 03 01', 1],
  ['used oil', '13 02 05*', 1.9],
  ['metal swarf', '12 01 01', 0.6],
  ['electronic', '20 01 36', 1.4],
  ['solvent', '14 06 03*', 2.6],
] as const;

const waste = service({
  key: 'waste',
  category: `${SERVICES}Waste & environment > Disposal > Waste collection`,
  unit: 'collection',
  count: 15,
  vendors: ['greenbin-waste-partners', 'cleanstream-chemicals', 'lubrimax-ole'],
  shared: 0.4,
  items: combine({
    type: WASTES,
    vessel: [
      ['240 l bin', 38],
      ['1100 l container', 96],
      ['7 m³ skip', 285],
    ] as const,
  }).map(({ type: [type, code, extra], vessel: [vessel, euro] }): Item => ({
    code: '',
    name: `Collection of ${type} waste, ${vessel}`,
    attrs: {
      Waste: type,
      'Waste code': code,
      Container: vessel,
      Hazardous: code.endsWith('*') ? 'yes' : 'no',
      Proof: code.endsWith('*') ? 'consignment note' : 'weighing slip',
    },
    tags: ['waste', 'disposal', 'service', 'entsorgung', 'odvoz otpada', type],
    description: `One exchange of a full container against an empty one with proof of disposal, waste code ${code}. Container rent included for 30 days.`,
    euro: euro * extra,
  })),
});

const DISCIPLINES = [
  ['Mechanical design (CAD)', 'mechanical'],
  ['Electrical planning', 'electrical'],
  ['PLC programming', 'software'],
  ['Drive commissioning', 'electrical'],
  ['Risk assessment for CE marking', 'safety'],
  ['Industrial network support', 'network'],
  ['Műszaki tanácsadás', 'mechanical'],
] as const;

const engineering = service({
  key: 'engineering',
  category: `${SERVICES}Engineering & IT > Engineering services > Design & support`,
  unit: 'hour',
  count: 28,
  vendors: ['mernoki-muhely', 'servomat-celik', 'sensorik-alpengluhen', 'pixelforge-it-support'],
  shared: 0.35,
  items: combine({
    discipline: DISCIPLINES,
    mode: [
      ['remote, hourly rate', 'hour', 74],
      ['on site, hourly rate', 'hour', 88],
      ['remote, day rate', 'day', 560],
      ['on site, day rate', 'day', 690],
    ] as const,
  }).map(({ discipline: [name, field], mode: [mode, unit, euro] }): Item => ({
    code: '',
    name: `${name}, ${mode}`,
    attrs: {
      Field: field,
      Place: mode.startsWith('remote') ? 'remote' : 'customer',
      Billing: unit === 'day' ? 'day of 8 hours' : 'per started half hour',
      Notice: mode.startsWith('remote') ? '2 working days' : '5 working days',
    },
    tags: ['engineering', 'service', 'ingenieurleistung', 'inženjering', field],
    description: `Work by an experienced engineer, billed by time sheet. ${mode.startsWith('remote') ? 'Over video link and remote access.' : 'Travel time and expenses are charged separately.'}`,
    euro: euro * (field === 'software' ? 1.1 : field === 'safety' ? 1.2 : 1),
    unit,
  })),
});

const itSupport = service({
  key: 'it',
  category: `${SERVICES}Engineering & IT > Engineering services > Design & support`,
  unit: 'month',
  count: 9,
  vendors: ['pixelforge-it-support', 'burowelt-zurisee'],
  shared: 0.42,
  items: combine({
    cover: [
      ['working hours', '8×5', 1],
      ['extended hours', '12×6', 1.5],
      ['around the clock', '24×7', 2.4],
    ] as const,
    seats: [
      [10, 190],
      [25, 420],
      [100, 1390],
    ] as const,
  }).map(({ cover: [cover, hours, extra], seats: [seats, euro] }): Item => ({
    code: '',
    name: `IT help desk ${hours} for up to ${seats} workplaces, per month`,
    attrs: {
      Cover: `${hours}, ${cover}`,
      Workplaces: seats,
      'First reply': cover === 'around the clock' ? '30 minutes' : '2 hours',
      Term: '12 months',
      Languages: 'English, German',
    },
    tags: ['it', 'help desk', 'service', 'it-podrška', 'support'],
    description: `Help desk by telephone, mail and remote access, ${cover}, with a monthly report. On-site visits are billed by time.`,
    euro: euro * extra,
  })),
});

export const services: Family[] = [calibration, freight, machining, rental, waste, engineering, itSupport];
