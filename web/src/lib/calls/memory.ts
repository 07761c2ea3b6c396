import { prefixes } from './phones.ts';

export type TypedPhone = { country: string; number: string };

const key = 'quoteline.phone';

/** Returns the number last called from this tab as typed, or null without one or without storage. */
export function rememberedPhone(): TypedPhone | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<TypedPhone> | null;
    const known = prefixes.some(({ country }) => country === kept?.country);
    return known && typeof kept?.number === 'string' ? (kept as TypedPhone) : null;
  } catch {
    return null;
  }
}

/** Stores the number for this tab until it is closed, so that the next person at this computer doesn't see it. */
export function rememberPhone(phone: TypedPhone): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(phone));
  } catch {
    // Without storage, people type the number again.
  }
}
