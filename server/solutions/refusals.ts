import { refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  quantity_not_sellable: [422, 'This quantity is below the minimum or not a multiple of the pack size'],
  offer_not_of_product: [422, 'That offer is not for this product'],
  not_offered: [422, 'Nobody offers this product now'],
  offer_withdrawn: [422, 'This vendor no longer offers it'],
  one_offer_per_vendor: [422, 'A line can ask each vendor only once'],
  no_vendor_to_ask: [422, 'Choose at least one vendor to ask'],
  vendor_not_reachable: [422, 'This vendor has no e-mail address and cannot be asked'],
  solution_sent: [409, 'This solution was sent and cannot be changed'],
  solution_full: [409, 'This solution has the maximum number of lines'],
  line_removed: [409, 'This line was removed'],
  list_unreadable: [
    422,
    'This file cannot be read as a list. XLSX, CSV, TSV, HTML, JSON, Markdown and plain text can',
  ],
  list_old_workbook: [422, 'Workbooks of Excel 2003 and older cannot be read; save it as XLSX or CSV'],
} as const satisfies RefusalTable;

export type SolutionRefusal = keyof typeof refusals;

export const { refuse, refuseField } = refusalsOf(refusals);
