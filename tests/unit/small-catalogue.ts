import { compactCode, fold } from '#server/platform/fold.ts';
import { catalogueOf } from '#server/solutions/lists/reading/catalogue.ts';
import { readDocument } from '#server/solutions/lists/reading/decide.ts';
import { documentOf } from '#server/solutions/lists/reading/document.ts';

const known = ['CAB-5', 'MOT-7', '97 53 14', '6ES7 214-1AG40-0XB0', 'smd,28x28mm', '5/8" bolt', '6206'];
export const byKey = new Map(
  known.map((code, at) => [compactCode(code), [{ code: fold(code), productId: at + 1 }]]),
);
/** Reads a text with a small catalogue. */
export const read = (text: string) => readDocument(documentOf(text), catalogueOf(byKey));
/** Returns what became of each row: "CAB-5=100", or why it isn't ready. */
export const outcomes = (text: string) =>
  read(text).rows.map(({ code, quantity, skipped, doubt, ids }) =>
    skipped ? `(${skipped})` : `${code}=${doubt ?? quantity}${ids.length === 0 ? ' unknown' : ''}`,
  );
