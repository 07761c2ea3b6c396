import type { Comparison, Enquiry, QuoteLine, Request, RequestLine } from '#lib/api/schema.d.ts';

/** What one partner has been given, with each line as it was answered. */
export interface PartnerOrder {
  ordered: Request['ordered'][number];
  lines: { line: RequestLine; answer: QuoteLine | undefined }[];
}

/** Returns what was ordered, by partner. */
export function ordersOf({ ordered, lines, enquiries }: Request): PartnerOrder[] {
  const answers = new Map(
    enquiries.flatMap(({ quotes }) =>
      quotes.flatMap((quote) => quote.lines.map((line) => [`${quote.id} ${line.lineId}`, line] as const)),
    ),
  );
  return ordered.map((part) => ({
    ordered: part,
    lines: lines
      .filter(({ id }) => part.lineIds.includes(id))
      .map((line) => ({ line, answer: answers.get(`${line.acceptedQuoteId} ${line.id}`) })),
  }));
}

type Answered = Pick<Enquiry, 'status' | 'quotes'>;

/** Returns the lines that a partner offers in its newest version, those that are ordered, and those left to decide. */
export function offeredLines({ quotes }: Pick<Enquiry, 'quotes'>) {
  const ordered = new Set(
    quotes.flatMap(({ lines }) => lines.filter(({ accepted }) => accepted).map(({ lineId }) => lineId)),
  );
  const newest = (quotes[0]?.lines ?? []).filter(({ decision }) => decision !== 'decline');
  const offered = new Set([...newest.map(({ lineId }) => lineId), ...ordered]);
  const open = newest.filter(({ lineId }) => !ordered.has(lineId)).map(({ lineId }) => lineId);
  return { offered: offered.size, ordered: ordered.size, open };
}

/** A partner's state as the buyer reads it; `rejected`: the buyer declined its answer. */
export type ShownStatus = Enquiry['status'] | 'rejected';

/** Returns a partner's state in words of what it offered: an order of everything it offers is no order in part. */
export function shownStatus(enquiry: Answered): ShownStatus {
  if (enquiry.status === 'lost' && enquiry.quotes[0]?.declinedAt !== undefined) return 'rejected';
  return enquiry.status === 'partly_accepted' && offeredLines(enquiry).open.length === 0
    ? 'accepted'
    : enquiry.status;
}

/** Returns the same by the id of the enquiry. */
export function shownStatuses({ enquiries }: Pick<Request, 'enquiries'>) {
  const statuses = new Map(enquiries.map((enquiry) => [enquiry.id, shownStatus(enquiry)]));
  return (enquiryId: string): ShownStatus => statuses.get(enquiryId) ?? 'sent';
}

/** Whether its partner hasn't answered the line. */
export const isWaiting = ({ state }: Comparison['rows'][number]['cells'][number]) => state === 'waiting';

/** Whether a partner offers lines that it didn't confirm and that aren't accepted. */
export const isToDecide = ({ rows }: Comparison, enquiryId: string): boolean =>
  rows.some(({ cells }) =>
    cells.some(
      (cell) =>
        cell.enquiryId === enquiryId &&
        !cell.accepted &&
        (cell.decision === 'offer' || cell.decision === 'alternative'),
    ),
  );

/** Whether something can be chosen now. */
export const isOpen = ({ rows }: Comparison): boolean =>
  rows.some((row) => row.acceptedQuoteId === null && row.cells.some(({ choosable }) => choosable));

/**
 * Returns the open lines that only other partners can help with: nobody offers them, and nobody will. As soon as something
 * was accepted from quotes, those count that wait for one, too; lines of an order may still be confirmed, which binds.
 */
export function leftOver(
  { kind, ordered }: Pick<Request, 'kind' | 'ordered'>,
  { rows }: Pick<Comparison, 'rows'>,
): Comparison['rows'] {
  const waits = kind === 'order' || ordered.length === 0;
  return rows.filter(
    ({ acceptedQuoteId, cells }) =>
      acceptedQuoteId === null && !cells.some((cell) => cell.choosable || (waits && isWaiting(cell))),
  );
}

type Cells = Comparison['rows'][number]['cells'];

/** Whether a line was offered, and the buyer declined that. */
export const isRejectedLine = ({ cells }: { cells: Cells }): boolean =>
  cells.some(({ state, choosable, accepted }) => state === 'offered' && !choosable && !accepted);

/** Returns why nothing can be chosen for open lines: which words say it. */
export function whyLeft(rows: Comparison['rows']): 'yet' | 'rejected' | 'none' | 'mixed' {
  if (rows.some(({ cells }) => cells.some(isWaiting))) return 'yet';
  if (rows.every(isRejectedLine)) return 'rejected';
  return rows.some(({ cells }) => cells.some(({ quoteId, state }) => quoteId && state !== 'declined'))
    ? 'mixed'
    : 'none';
}

/** Whether every line of an order is confirmed, accepted or declined. */
export const isSettled = ({ lines }: Pick<Request, 'lines'>): boolean =>
  lines.every(({ orderState }) => orderState !== 'waiting' && orderState !== 'changed');

/**
 * Returns the columns of the partners in the order of reading: those with offers, those who haven't answered, those who
 * declined. A column keeps its number, because the URL of a choice names it.
 */
export function columnsOf({ vendors, rows }: Comparison): number[] {
  const rank = (column: number): number => {
    if ((vendors[column]?.linesOffered ?? 0) > 0) return 0;
    return rows.some((row) => row.cells[column] && isWaiting(row.cells[column])) ? 1 : 2;
  };
  return vendors.map((_vendor, column) => column).toSorted((a, b) => rank(a) - rank(b));
}
