import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import type { FrameFacts } from '#lib/shell/framePage.ts';
import { startCallBar } from './callBar.svelte.ts';

/** Shows the call bar on a page without another island. */
export async function showCallBar({ locale, timeZone, call }: FrameFacts): Promise<void> {
  const i18n = createI18n(locale, await loadDictionary(locale, []), timeZone);
  const show = startCallBar(i18n, () => show(null));
  await show(call);
}
