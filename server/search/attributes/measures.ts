/** A number with its unit, "" for none. */
export interface Measure {
  size: number;
  unit: string;
}

/** Units that can be converted, by what they measure: the size of each in the smallest. */
const scales: readonly Readonly<Record<string, number>>[] = [
  { µm: 1, mm: 1e3, cm: 1e4, dm: 1e5, m: 1e6, km: 1e9 },
  { 'mm²': 1, 'cm²': 1e2, 'm²': 1e6 },
  { mg: 1, g: 1e3, kg: 1e6, t: 1e9 },
  { ml: 1, cl: 10, l: 1e3 },
  { mW: 1, W: 1e3, kW: 1e6, MW: 1e9 },
  { mV: 1, V: 1e3, kV: 1e6 },
  { 'V DC': 1, 'kV DC': 1e3 },
  { 'V AC': 1, 'kV AC': 1e3 },
  { µA: 1, mA: 1e3, A: 1e6, kA: 1e9 },
  { mbar: 1, bar: 1e3 },
  { Pa: 1, hPa: 100, kPa: 1e3, MPa: 1e6 },
  { Hz: 1, kHz: 1e3, MHz: 1e6, GHz: 1e9 },
  { mΩ: 1, Ω: 1e3, kΩ: 1e6, MΩ: 1e9 },
  { pF: 1, nF: 1e3, µF: 1e6, mF: 1e9 },
  { мм: 1, см: 10, м: 1e3 },
  { Вт: 1, кВт: 1e3 },
];
const longestUnit = 12;

/** Reads "2.5 mm" or "2,5 mm"; null for other texts, as "3 × 400 V" or "M8". */
export function readMeasure(value: string): Measure | null {
  const [, digits, unit = ''] =
    /^([+-]?\d{1,12}(?:[.,]\d{1,9})?)\s*([^\d\s,;×+-][^\d,;×]*)?$/u.exec(value.trim()) ?? [];
  if (digits === undefined || unit.length > longestUnit) return null;
  return { size: Number(digits.replace(',', '.')), unit: unit.trim().replaceAll('μ', 'µ') };
}

/** Returns a measure's size in another unit; null if it can't be converted. */
export function inUnit({ size, unit }: Measure, other: string): number | null {
  if (unit === other) return size;
  const scale = scales.find((units) => unit in units && other in units);
  // Twelve digits hide what floats add: 0.07 m is 70 mm.
  return scale ? Number(((size * (scale[unit] ?? 1)) / (scale[other] ?? 1)).toPrecision(12)) : null;
}

/** Returns the unit of most measures; undefined for none. */
export function commonUnit(measures: readonly Measure[]): string | undefined {
  const byUnit = [...Map.groupBy(measures, ({ unit }) => unit)];
  return byUnit.toSorted(([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1))[0]?.[0];
}
