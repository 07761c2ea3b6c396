import type { Locale } from '#server/common/locales.ts';
import { callInProcessKey } from '#server/common/in-process.ts';

const freshMs = 30_000;

/**
 * Returns a function that asks for what is the same for everybody, once in 30 seconds for each language. A failure isn't
 * kept, nor what another service in this process answered, as tests start several.
 */
export function keptByLocale<Answer>(): (locale: Locale, ask: () => Promise<Answer>) => Promise<Answer> {
  const kept = new Map<Locale, { at: number; service: unknown; answer: Promise<Answer> }>();
  return (locale, ask) => {
    const service = (globalThis as { [name: symbol]: unknown })[callInProcessKey];
    const known = kept.get(locale);
    if (known && known.service === service && Date.now() - known.at <= freshMs) return known.answer;
    const answer = ask();
    answer.catch(() => kept.delete(locale));
    kept.set(locale, { at: Date.now(), service, answer });
    return answer;
  };
}
