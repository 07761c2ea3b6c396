import { expect, test } from 'vitest';
import { decidedKey, isDecided } from '#lib/requests/state.ts';
import { words as english } from '#lib/requests/words/en/requests.ts';
import { words as serbian } from '#lib/requests/words/sr/requests.ts';
import { words as page } from '#lib/compare/words/en/follow.ts';

test.each(['quote', 'order'] as const)(
  'the list and the page of a %s have the same words for what is ordered of it',
  (kind) => {
    for (const status of ['partly_accepted', 'accepted'].filter(isDecided)) {
      const key = decidedKey(kind, status);
      expect([english[key], serbian[key]]).not.toContain(undefined);
      // No other words to choose from.
      expect(Object.keys(page)).not.toContain(`follow.title.${kind}.${status}`);
      expect(Object.keys(english)).not.toContain(`requests.status.${status}`);
    }
  },
);
