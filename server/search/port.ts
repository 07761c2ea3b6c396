/**
 * Guesses at a text, forgiving typos: ids of products, best first. Never throws: a failure is an empty guess, and
 * PostgreSQL's own answer is used. An id may be of a deleted product.
 */
export interface SearchEngine {
  /** Returns products similar to a text of which nothing holds every word. */
  nearMisses(text: string): Promise<string[]>;
  /** Returns products that an unfinished text may mean. */
  completions(text: string): Promise<string[]>;
}
