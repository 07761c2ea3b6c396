import { type Component, hydrate, tick } from 'svelte';
import { areasOfScript, loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n, type I18n, i18nContext } from '#lib/i18n/i18n.ts';
import { factsIn, markReady, readFacts } from '#lib/plain/page.ts';
import { type Arrived, entriesOf, fetchPage, giveUpFetching, postInPlace } from '#lib/plain/visit.ts';
import { startFrame } from '#lib/shell/frame.ts';
import { ownTimeZone } from '#lib/shell/timeZone.ts';
import type { IslandFacts } from './facts.ts';

/** The properties of a page's component, as SvelteKit's pages have them. */
interface PageProps {
  data: object;
  form: object | null;
}

/** Adds what no page can print to its data, such as components that are loaded on demand. */
type Prepare = (facts: IslandFacts) => object | Promise<object>;

// One page view: what it shows, from the newest document that the service sent.
let shown = $state.raw<PageProps>({ data: {}, form: null });
// The page's address, without the place on the page.
let shownHere: string;
const here = (): string => location.pathname + location.search;
let prepare: Prepare = ({ data }) => data;
let showCall: (call: IslandFacts['call']) => Promise<void>;

/** Hydrates the page's island. */
export async function startIsland<Data extends object, Form extends object | null>(
  component: Component<{ data: Data; form: Form }>,
  prepareData: Prepare = prepare,
): Promise<void> {
  prepare = prepareData;
  shownHere = here();
  const facts = readFacts<IslandFacts>();
  const target = document.getElementById('island');
  if (!target) throw new Error(`There is no island for ${facts.script}`);
  const [dictionary, data] = await Promise.all([
    loadDictionary(facts.locale, areasOfScript(facts.script)),
    prepare(facts),
  ]);
  const i18n = createI18n(facts.locale, dictionary, facts.timeZone);
  showCall = callBarOf(i18n);
  await showCall(facts.call);
  shown = { data, form: facts.form };
  const props = {
    get data() {
      return shown.data as Data;
    },
    get form() {
      return shown.form as Form;
    },
  };
  hydrate(component, { target, props, context: i18nContext(i18n) });
  startFrame();
  addEventListener('popstate', goBack);
  // The browser's back button may bring the page back as it was left, with older data and forms under way.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  const own = ownTimeZone(facts.timeZone);
  if (own) i18n.moveTo(own);
  markReady();
}

/** Returns the function that shows a call; the bar comes with the first one. */
function callBarOf(i18n: I18n): typeof showCall {
  let show: typeof showCall | undefined;
  return async (call) => {
    if (call && !show) show = (await import('./callBar.svelte.ts')).startCallBar(i18n, refresh);
    await show?.(call);
  };
}

// Visits take turns, so that an older answer never replaces a newer one.
let lastVisit: Promise<unknown> = Promise.resolve();
let moves = 0;

function inTurn<T>(visit: () => Promise<T>): Promise<T> {
  const own = lastVisit.then(visit);
  lastVisit = own.catch(() => undefined);
  return own;
}

/** Reads the page's own data again. A failure leaves the page as it is; what a form was refused for stays. */
export const refresh = (): Promise<void> =>
  inTurn(async () => {
    const arrived = await fetchPage(location.href).catch(() => undefined);
    if (arrived?.ok) await take(arrived, shown.form);
  });

/** Shows the address that the browser's button has gone back to. */
function goBack(): void {
  if (here() !== shownHere) void move(location.href);
  // Only the place on the page has changed, or a page that was on its way isn't wanted any more.
  else moves += 1;
}

/** Goes to another address of the same page, without scrolling. */
export const goTo = (url: string): Promise<void> => move(url, () => history.pushState(null, '', url));

/** Shows the page at an address once it has arrived, unless another one is wanted by then. */
function move(url: string, arrive?: () => void): Promise<void> {
  moves += 1;
  const own = moves;
  giveUpFetching();
  return inTurn(async () => {
    if (own !== moves) return;
    const arrived = await fetchPage(url).catch(() => null);
    if (own !== moves || arrived === undefined) return;
    if (!arrived?.ok) return load(new URL(url, location.href));
    arrive?.();
    await take(arrived);
  });
}

/** Leaves for an address as the browser does, even if it is this page's. */
function load(url: URL): void {
  if (url.pathname + url.search === here()) location.reload();
  else location.assign(url);
}

/** Gives the page another address, under which the service sends what it shows already. */
export function replaceAddress(url: URL): void {
  history.replaceState(null, '', url);
  shownHere = here();
}

/** The answer to a posted form: where its action redirected to, or what it refused. */
export type Sent = { type: 'redirect'; url: URL } | { type: 'failure'; data: Record<string, unknown> };

/**
 * Posts a form of the page and shows the answer in place. `readsAgain`: a refusal brings the page's data as they are then;
 * else the page keeps its own, and with them its keys, because it isn't known of every refusal that nothing was done.
 */
export async function sendForm(
  event: SubmitEvent & { currentTarget: HTMLFormElement },
  readsAgain = false,
): Promise<Sent> {
  event.preventDefault();
  const { currentTarget: form, submitter } = event;
  const entries = entriesOf(form, submitter);
  const from = here();
  return inTurn(async () => {
    const arrived = await postInPlace(form, submitter, entries).catch(() => null);
    const facts = arrived?.ok === false ? factsIn<IslandFacts>(arrived.page) : null;
    if (!arrived || (!arrived.ok && !facts?.form)) {
      // The browser shows its own error when the service can't be reached, and the service its page otherwise.
      form.submit();
      return new Promise<never>(() => undefined);
    }
    if (facts?.form) {
      shown = { data: readsAgain ? await prepare(facts) : shown.data, form: facts.form };
      document.title = arrived.page.title;
      await tick();
      return { type: 'failure', data: facts.form as Record<string, unknown> };
    }
    const moved = here() === from ? arrived : await fetchPage(location.href).catch(() => undefined);
    if (moved) await take(moved);
    return { type: 'redirect', url: arrived.url };
  });
}

/** Shows a page that has arrived; `form` in place of the answer to a form that comes with it. */
async function take({ page, url }: Arrived, form?: PageProps['form']): Promise<void> {
  const facts = factsIn<IslandFacts>(page);
  const own = readFacts<IslandFacts>();
  // Another tab has changed the language, or the service is of another release.
  if (facts?.locale !== own.locale || facts.version !== own.version) return load(url);
  let data: object;
  try {
    data = await prepare(facts);
    await showCall(facts.call);
  } catch {
    return load(url);
  }
  shown = { data, form: form === undefined ? facts.form : form };
  document.title = page.title;
  shownHere = here();
  const [old, next] = [document, page].map((where) => where.querySelector('.solution-button'));
  if (old && next) old.replaceChildren(...next.childNodes);
  await tick();
}
