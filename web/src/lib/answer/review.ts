import type { Answer, CheckedAnswer, EnquiryByLink } from '#lib/api/schema.d.ts';
import { saysTheSame, unchangedLines } from './reading.ts';

/** An answer without errors, and what a person should look at before it is sent. Lines are named by their index. */
export type Checked = {
  answer: Answer;
  /** Lines whose price is 0 or far from the list price. */
  far: number[];
  /** Lines of an order that are offered as a change without one. */
  unchanged: number[];
  /** Whether the newest version says the same. */
  isSame: boolean;
  /** The version that was sent since the page was opened. */
  newer: { version: number; name: string } | null;
};

/** `seen`: the newest version when the page was opened. */
export function checkedAnswer(
  answer: Answer,
  enquiry: EnquiryByLink,
  warnings: CheckedAnswer['warnings'],
  seen: number,
): Checked {
  const [newest] = enquiry.quotes;
  const isNewer = newest !== undefined && newest.version > seen;
  return {
    answer,
    far: warnings.flatMap(({ path }) => Number(/^lines\.(\d+)/.exec(path)?.[1] ?? [])),
    unchanged: unchangedLines(answer, enquiry),
    isSame: newest !== undefined && saysTheSame(newest, answer),
    newer: isNewer ? { version: newest.version, name: newest.answeredBy } : null,
  };
}
