import { domainToASCII, domainToUnicode } from 'node:url';

const longest = 254;
const longestLocal = 64;
const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const localForm = new RegExp(`^${atom}(?:\\.${atom})*$`, 'i');
const domainForm = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;

/** Returns the one form in which addresses are stored and compared. What can't be an address stays as it is. */
export const comparedEmail = (typed: string): string => (readEmail(typed) ?? typed.trim()).toLowerCase();

/**
 * Returns an e-mail address as people write it, or null if it can't be one. Drops surrounding space and invisible marks;
 * an international domain comes back in its own script, also when a browser sent it as `xn--`.
 */
export function readEmail(typed: string): string | null {
  const text = typed
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1);
  // What separates the parts of a URL would end the domain.
  if (/[\s/:?#@\\[\]%]/.test(domain)) return null;
  const ascii = domainToASCII(domain);
  const fits = local.length <= longestLocal && local.length + 1 + ascii.length <= longest;
  if (!fits || !localForm.test(local) || !domainForm.test(ascii)) return null;
  return `${local}@${domainToUnicode(ascii)}`;
}
