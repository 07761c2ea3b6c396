/**
 * Finds products despite typos. Returns ids, best first, which may be of deleted products. Never throws: after a failure
 * it returns nothing, and PostgreSQL's own results are used.
 */
export interface SearchEngine {
  /** Returns products similar to a text for which there is no exact match. */
  nearMisses(text: string): Promise<string[]>;
  /** Returns suggestions for an unfinished text. */
  completions(text: string): Promise<string[]>;
}
