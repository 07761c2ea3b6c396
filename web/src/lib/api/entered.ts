/** Types a form's text as one of the words that the service accepts; the service refuses any other. */
export const entered = <Word extends string>(text = ''): Word => text as Word;
