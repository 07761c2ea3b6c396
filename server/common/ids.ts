/** Ids in the API are UUIDs or row numbers. */
const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// Numbers of up to 15 digits are exact in JavaScript.
const rowIdForm = /^[1-9][0-9]{0,14}$/;

export const isUuid = (text: string): boolean => uuidForm.test(text);

/** Returns a row number; null if the text isn't one. */
export const rowId = (text: string): number | null => (rowIdForm.test(text) ? Number(text) : null);
