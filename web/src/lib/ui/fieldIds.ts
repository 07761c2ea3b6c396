/** Returns the id of the control of a form field, which links of an error summary target. */
export const fieldId = (name: string): string => `f-${name.replaceAll(/[^\w-]/g, '-')}`;
