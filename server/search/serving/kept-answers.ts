import { LRUCache } from 'lru-cache';

/** In UTF-16 code units: an answer has about 8,000. */
const mostKept = 40_000_000;
/** While an import writes, answers may lack what it wrote for so long. */
const longestAgeMs = 30_000;

/** How many changes an index has taken over. */
export interface IndexVersion {
  all: number;
  /** All but those of many products. */
  small: number;
}

interface Kept {
  text: string;
  version: IndexVersion;
  /** Everything is in it that was committed until then. */
  completeUntil: number;
}

/**
 * Keeps answers by what was asked: while the index stays the same, and while only an import changes it, until they are 30
 * seconds old.
 */
export interface KeptAnswers {
  /** Returns the kept answer if it holds. `isImporting` is asked only if many products have changed. */
  find(asked: string, version: IndexVersion, isImporting: () => Promise<boolean>): Promise<string | null>;
  /** Keeps an answer that has all that was committed until `completeUntil`. */
  keep(asked: string, text: string, version: IndexVersion, completeUntil: number): void;
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
      if (kept.version.all === version.all) return kept.text;
      if (kept.version.small !== version.small || now() - kept.completeUntil > longestAgeMs) return null;
      return (await isImporting()) ? kept.text : null;
    },
    keep: (asked, text, version, completeUntil) => void answers.set(asked, { text, version, completeUntil }),
  };
}
