import type { Problem } from '#lib/api/schema.d.ts';
import type { I18n } from './i18n.ts';

/**
 * One wrong field: `path` is the name of the form's field, `words` what to do about it, `where` its label, and its line if
 * the form has several. A summary needs `where`; at the field, it is in sight.
 */
export type FieldWords = { path: string; words: string; where?: string | undefined };

/** Returns what a refusal means to a person; unknown codes get a sentence that is always true. */
export const refusalWords = (i18n: I18n, problem: Pick<Problem, 'code'>): string =>
  i18n.find(`errors.${problem.code}`) ?? i18n.t('errors.other');

/**
 * Returns the wrong fields of a refusal, in the order the service named them. The words of a code may differ
 * by field: `field.format.email` goes before `field.format`. `labels`: how the form calls its fields.
 */
export const fieldWords = (
  i18n: I18n,
  problem: Problem | undefined,
  labels: Readonly<Record<string, string>> = {},
): FieldWords[] =>
  (problem?.errors ?? []).map(({ path, code }) => {
    const field = path.slice(path.lastIndexOf('.') + 1);
    const keys = [`field.${code}.${field}`, `field.${code}`, `errors.${code}`];
    const found = keys.map((key) => i18n.find(key)).find((words) => words !== undefined);
    return { path, words: found ?? i18n.t('field.other'), where: labels[path] };
  });
