/**
 * Numbers one enquiry's lines 1, 2, 3, ... in their order. Positions in the request would show a vendor how many lines
 * others were asked.
 */
export function numberedInEnquiry<Row extends { line: { position: number } }>(rows: readonly Row[]): Row[] {
  return rows.map((row, index) => ({ ...row, line: { ...row.line, position: index + 1 } }));
}
