import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * Links in mails: base64url(16 bytes id + 24 bytes HMAC-SHA256 of purpose, id and version). Derived, so that a
 * retry mails the same link while the database holds nothing usable; raising the version revokes.
 */
export type LinkPurpose = 'answer' | 'follow';

export interface LinkTokens {
  /** `id` is a uuid: the delivery's for `answer`, the request's for `follow`. */
  issue(purpose: LinkPurpose, id: string, version: number): string;
  /** The uuid inside a token of the right form, else null. Says nothing about its being genuine. */
  claimedId(token: string): string | null;
  /** Whether this very text is the token of that id and version. */
  matches(token: string, purpose: LinkPurpose, id: string, version: number): boolean;
}

const idBytes = 16;
const macBytes = 24;

export function createLinkTokens(secretKey: string): LinkTokens {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'quoteline links', 32));

  function issue(purpose: LinkPurpose, id: string, version: number): string {
    const raw = Buffer.from(id.replaceAll('-', ''), 'hex');
    const mac = createHmac('sha256', key).update(`${purpose}:${version}:`).update(raw).digest();
    return Buffer.concat([raw, mac.subarray(0, macBytes)]).toString('base64url');
  }

  return {
    issue,
    claimedId(token) {
      if (!/^[A-Za-z0-9_-]{54}$/.test(token)) return null;
      const raw = Buffer.from(token, 'base64url');
      if (raw.length !== idBytes + macBytes) return null;
      return raw
        .subarray(0, idBytes)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
    matches(token, purpose, id, version) {
      const expected = Buffer.from(issue(purpose, id, version));
      const given = Buffer.from(token);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

export function sha256(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}
