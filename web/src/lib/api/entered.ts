/** Passes on what a form says where the service takes one of a few words; the service refuses any other. */
export const entered = <Word extends string>(text = ''): Word => text as Word;
