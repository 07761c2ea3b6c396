/** A measure of the process or the product, with its samples. `value` is Infinity for what never happened. */
export interface Metric {
  /** In Prometheus' style, with the unit last: `quoteline_backup_age_seconds`. */
  name: string;
  type: 'gauge' | 'counter';
  samples: { labels?: Record<string, string>; value: number }[];
}

/** Returns a metric without labels. */
export const gauge = (name: string, value: number): Metric => ({ name, type: 'gauge', samples: [{ value }] });

/** Writes metrics in Prometheus' text format. */
export function formatMetrics(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, type, samples }) => [
    `# TYPE ${name} ${type}`,
    ...samples.map(({ labels, value }) => `${name}${formatLabels(labels)} ${formatValue(value)}`),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

function formatLabels(labels: Record<string, string> | undefined): string {
  if (labels === undefined) return '';
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return `{${pairs.join()}}`;
}

const formatValue = (value: number): string => (value === Infinity ? '+Inf' : String(value));

const escapeLabel = (text: string): string =>
  text.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));
