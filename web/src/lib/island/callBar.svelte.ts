import { hydrate, mount } from 'svelte';
import type { Call } from '#lib/api/schema.d.ts';
import { areasOfPart, loadDictionary } from '#lib/i18n/dictionary.ts';
import { type I18n, i18nContext } from '#lib/i18n/i18n.ts';

/**
 * Returns the function that shows a call in the bar, or takes it away. The bar's code comes with the first call;
 * `onDismissed` is called after the visitor has dismissed it.
 */
export function startCallBar(i18n: I18n, onDismissed: () => Promise<void>) {
  let shown = $state.raw<Call | null>(null);
  let isStarted = false;

  async function start(): Promise<void> {
    const [{ default: FloatingCall }] = await Promise.all([
      import('#lib/calls/FloatingCall.svelte'),
      // The page's dictionary gets these words, too: a language has one.
      loadDictionary(i18n.locale, areasOfPart('#lib/calls/FloatingCall.svelte')),
    ]);
    if (isStarted) return;
    isStarted = true;
    const props = {
      get call() {
        return shown;
      },
      get here() {
        return location.pathname + location.search;
      },
      onDismissed,
    };
    const rendered = document.getElementById('call-bar');
    const target = rendered ?? document.getElementById('floating');
    if (!target) return;
    (rendered ? hydrate : mount)(FloatingCall, { target, props, context: i18nContext(i18n) });
  }

  return async (call: Call | null): Promise<void> => {
    shown = call;
    if (call && !isStarted) await start();
  };
}
