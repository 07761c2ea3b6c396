import type { Api } from '#lib/api/paths.ts';
import type { Locale } from '#server/common/locales.ts';
import type { Theme } from '#lib/shell/theme.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** Printed to the person and to the log, so that the two can be brought together. */
      id?: string;
      /** The refusal's code, when the service gave one. */
      code?: string;
    }
    interface PageData {
      /** On pages opened by a vendor: whom the page is for. */
      answeringFor?: string;
      /** On pages without SvelteKit's runtime. */
      renderIsland?: typeof import('svelte/server').render | null;
    }
    interface Locals {
      /** The service, called without leaving the process. */
      api: Api;
      locale: Locale;
      theme: Theme;
      /** The currency to show prices in; undefined: as listed. */
      currency: string | undefined;
      /** IANA name; `UTC` until the browser has told us its own. */
      timeZone: string;
    }
  }
}
