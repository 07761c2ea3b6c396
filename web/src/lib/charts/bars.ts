/** The geometry of a chart of bars, so that the server can draw it as SVG. */
export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Returns the end of the scale: the least round number that is not below any value. */
export function roundTop(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? most;
}

/** So many bars share the chart at least: fewer stay as narrow, with room for the label below. */
const fewest = 4;

/** Returns a bar for each value, side by side, on a scale up to `top`. A value above zero is at least one unit high. */
export function barsOf(
  values: readonly number[],
  { width, height, top }: { width: number; height: number; top: number },
): Bar[] {
  const step = width / Math.max(fewest, values.length);
  return values.map((value, nth) => {
    const high = value === 0 ? 0 : Math.max(1, (value / top) * height);
    return { x: nth * step + step * 0.15, y: height - high, width: step * 0.7, height: high };
  });
}

/** How many letters of a label fit below all bars together. */
const lettersInRow = 80;

/** Returns a label cut to its share of the row below so many bars. */
export function shortLabel(label: string, bars: number): string {
  const most = Math.max(4, Math.floor(lettersInRow / Math.min(10, Math.max(fewest, bars))));
  return label.length <= most ? label : `${label.slice(0, most - 1).trimEnd()}…`;
}
