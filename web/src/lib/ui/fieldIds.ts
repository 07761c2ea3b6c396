/** Returns the id of the control for a form field of that name, where an error summary's link leads. */
export const fieldId = (name: string): string => `f-${name.replaceAll(/[^\w-]/g, '-')}`;
