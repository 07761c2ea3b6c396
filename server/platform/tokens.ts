import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * The token of a link in a mail is base64url(16 bytes id + 24 bytes HMAC-SHA256 of purpose, version and id). It is
 * derived, not stored; raising the version revokes it. A purpose is a literal of the feature whose link it is.
 */
export interface LinkTokens {
  /** `id`: the UUID of what the link leads to or came with. */
  issue(purpose: string, id: string, version: number): string;
  /** Returns the UUID in a well-formed token, else null. Doesn't check the HMAC. Ignores punctuation behind the token. */
  claimedId(token: string): string | null;
  /** Returns whether the text is the token of that id and version. */
  matches(token: string, purpose: string, id: string, version: number): boolean;
  /** Returns whether the text is the token of that id and a version up to `version`. */
  wasIssued(token: string, purpose: string, id: string, version: number): boolean;
}

// What mail programs and people leave behind a link: the end of a sentence, brackets, quotes, marks without width.
const leftovers = /[\s.,;:!?)\]}>"'’”»…\u200b-\u200f\u202a-\u202e\u2060\ufeff]+$/;

const idBytes = 16;
const macBytes = 24;

export function createLinkTokens(secretKey: string): LinkTokens {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'quoteline links', 32));

  function issue(purpose: string, id: string, version: number): string {
    const raw = Buffer.from(id.replaceAll('-', ''), 'hex');
    const mac = createHmac('sha256', key).update(`${purpose}:${version}:`).update(raw).digest();
    return Buffer.concat([raw, mac.subarray(0, macBytes)]).toString('base64url');
  }

  function matches(text: string, purpose: string, id: string, version: number): boolean {
    const token = text.replace(leftovers, '');
    const expected = Buffer.from(issue(purpose, id, version));
    const given = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  return {
    issue,
    matches,
    wasIssued: (text, purpose, id, version) =>
      Array.from({ length: version + 1 }, (_, each) => each).some((each) => matches(text, purpose, id, each)),
    claimedId(text) {
      const token = text.replace(leftovers, '');
      if (!/^[A-Za-z0-9_-]{54}$/.test(token)) return null;
      const raw = Buffer.from(token, 'base64url');
      if (raw.length !== idBytes + macBytes) return null;
      return raw
        .subarray(0, idBytes)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
}

export function sha256(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}
