/** The two kinds of ids on the wire: a UUID, or the number of a row. Anything else names nothing. */
const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// Fifteen digits are exact in a number.
const rowIdForm = /^[1-9][0-9]{0,14}$/;

export const isUuid = (text: string): boolean => uuidForm.test(text);

/** Returns the number of a row; null for text that can't be one. */
export const rowId = (text: string): number | null => (rowIdForm.test(text) ? Number(text) : null);
