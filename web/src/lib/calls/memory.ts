import { prefixes } from '#server/common/phones.ts';

export type TypedPhone = { country: string; number: string };
type StoredPhone = TypedPhone & { at: number };

const key = 'quoteline.phone';
const forgottenKey = 'quoteline.forgotten';

/** Returns the number last called from this tab as typed; null if there is none, or somebody logged out since then. */
export function rememberedPhone(): TypedPhone | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<StoredPhone> | null;
    const { country, number, at = 0 } = kept ?? {};
    const known = prefixes.some((prefix) => prefix.country === country);
    const isForgotten = at <= Number(localStorage.getItem(forgottenKey) ?? 0);
    return known && country && typeof number === 'string' && !isForgotten ? { country, number } : null;
  } catch {
    return null;
  }
}

/** Stores the number for this tab until it is closed, so that the next person at this computer doesn't see it. */
export function rememberPhone(phone: TypedPhone): void {
  try {
    const stored: StoredPhone = { ...phone, at: Date.now() };
    sessionStorage.setItem(key, JSON.stringify(stored));
  } catch {
    // Without storage, people type the number again.
  }
}

/** Forgets the numbers of all tabs, at a logout. */
export function forgetPhones(): void {
  try {
    localStorage.setItem(forgottenKey, String(Date.now()));
  } catch {
    // Without storage there are none.
  }
}
