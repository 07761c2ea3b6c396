import { describe, expect, test } from 'vitest';
import { createLinkTokens } from '#server/platform/tokens.ts';

const id = '01926d3a-7b1c-7def-8123-456789abcdef';
const links = createLinkTokens('a key for tests only, of more than 32 bytes');
const token = links.issue('answer', id, 1);

describe('links in mails', () => {
  test('a link is the same every time and carries its id', () => {
    expect(links.issue('answer', id, 1)).toBe(token);
    expect(links.claimedId(token)).toBe(id);
    expect(links.matches(token, 'answer', id, 1)).toBe(true);
  });

  test('a token of another purpose, id, version or key is rejected', () => {
    const other = createLinkTokens('another key, also of more than 32 bytes');
    expect(links.matches(token, 'follow', id, 1)).toBe(false);
    expect(links.matches(token, 'answer', id, 2)).toBe(false);
    expect(links.matches(token, 'answer', id.replace('0', '1'), 1)).toBe(false);
    expect(other.matches(token, 'answer', id, 1)).toBe(false);
  });

  test('a token with one changed, missing or added character is rejected', () => {
    for (let at = 0; at < token.length; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      const claimed = links.claimedId(changed);
      expect(claimed !== null && links.matches(changed, 'answer', claimed, 1), `character ${at}`).toBe(false);
      const shorter = token.slice(0, at) + token.slice(at + 1);
      expect(links.claimedId(shorter)).toBeNull();
    }
    for (const text of [
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      '',
      '../../etc/passwd',
      token.replace(/.$/, '+'),
    ]) {
      expect(links.claimedId(text)).toBeNull();
    }
  });

  test.each(['.', ',', ')', ').', ' ', '\u200b', '>', '"', '…', '\n'])(
    'a token with %j behind it is the token',
    (more) => {
      expect(links.claimedId(token + more)).toBe(id);
      expect(links.matches(token + more, 'answer', id, 1)).toBe(true);
      expect(links.matches(token + more, 'follow', id, 1)).toBe(false);
    },
  );
});
