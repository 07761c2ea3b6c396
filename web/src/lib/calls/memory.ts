import { prefixes } from './phones.ts';

export type TypedPhone = { country: string; number: string };

const key = 'quoteline.phone';

/** Returns the number last called from this tab, as it was typed; null when there is none or storage is closed. */
export function rememberedPhone(): TypedPhone | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<TypedPhone> | null;
    const known = prefixes.some(({ country }) => country === kept?.country);
    return known && typeof kept?.number === 'string' ? (kept as TypedPhone) : null;
  } catch {
    return null;
  }
}

/** Only this tab, only until it is closed: the next person at this computer sees nothing. */
export function rememberPhone(phone: TypedPhone): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(phone));
  } catch {
    // Without storage the number is typed again.
  }
}
