import { morph } from './morph.ts';

/** Forms and links of a page that is rendered on the server only: they change the page in place of loading it again. */
let latest: AbortController | undefined;

/** A page that the service sent. */
export interface Arrived {
  page: Document;
  url: URL;
  ok: boolean;
  status: number;
}

/** Fetches a page, or posts a form to it. A later one makes an earlier one pointless; returns undefined for that. */
export async function fetchPage(url: string, body?: URLSearchParams): Promise<Arrived | undefined> {
  latest?.abort();
  const own = new AbortController();
  latest = own;
  try {
    const response = await fetch(url, {
      // SvelteKit answers others with JSON.
      headers: { accept: 'text/html' },
      // What was posted is not taken back.
      ...(body ? { method: 'POST', body } : { signal: own.signal }),
    });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (own.signal.aborted && !body) return undefined;
    return { page, url: new URL(response.url), ok: response.ok, status: response.status };
  } catch (cause) {
    if (own.signal.aborted && !body) return undefined;
    throw cause;
  }
}

/** Gives up the page that is being fetched; what is being posted goes on. */
export const giveUpFetching = (): void => latest?.abort();

/** Shows the parts of a page that may have changed: its content, its title, and what floats over it. */
export function show({ page }: Arrived): void {
  const focused = document.activeElement;
  for (const id of ['main', 'floating']) {
    const [old, next] = [document.getElementById(id), page.getElementById(id)];
    if (old && next) morph(old, next);
  }
  document.title = page.title;
  if (focused?.isConnected === false && focused.id)
    document.getElementById(focused.id)?.focus({ preventScroll: true });
}

/** Returns what a form holds. */
export function entriesOf(form: HTMLFormElement, submitter: HTMLElement | null): URLSearchParams {
  const entries = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter))
    if (typeof value === 'string') entries.append(name, value);
  return entries;
}

/** Posts a form, with what it holds now; the page stays where it is. Leaves it if the answer is another page. */
export async function postInPlace(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  body = entriesOf(form, submitter),
): Promise<Arrived> {
  submitter?.setAttribute('aria-disabled', 'true');
  try {
    const arrived = await fetchPage(form.action, body);
    if (!arrived) throw new Error('A posted form was given up');
    if (arrived.url.pathname !== location.pathname) {
      location.assign(arrived.url);
      return await new Promise(() => undefined);
    }
    return arrived;
  } finally {
    submitter?.removeAttribute('aria-disabled');
  }
}
