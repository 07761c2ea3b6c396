import { LRUCache } from 'lru-cache';

/** In UTF-16 code units: an answer has about 8,000. */
const mostKept = 40_000_000;
/** While an import writes, answers are used for so long. */
const longestKeptMs = 30_000;

interface Kept {
  text: string;
  /** The number of changes that the index had taken over. */
  version: number;
  at: number;
}

/** Keeps answers by what was asked: while the index stays the same, and while an import changes it for 30 seconds. */
export interface KeptAnswers {
  /** Returns the kept answer if it holds. `isImporting` is asked only if the index has changed. */
  find(asked: string, version: number, isImporting: () => Promise<boolean>): Promise<string | null>;
  keep(asked: string, text: string, version: number): void;
}

export function createKeptAnswers(now: () => number = () => performance.now()): KeptAnswers {
  const answers = new LRUCache<string, Kept>({
    maxSize: mostKept,
    sizeCalculation: ({ text }, asked) => text.length + asked.length,
  });
  return {
    async find(asked, version, isImporting) {
      const kept = answers.get(asked);
      if (!kept) return null;
      if (kept.version === version) return kept.text;
      return now() - kept.at <= longestKeptMs && (await isImporting()) ? kept.text : null;
    },
    keep: (asked, text, version) => void answers.set(asked, { text, version, at: now() }),
  };
}
