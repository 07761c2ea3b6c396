import { runClocks } from '#lib/plain/clocks.ts';
import { followDates } from '#lib/plain/dates.ts';
import { closeMenus, focusErrors, markReady, readFacts } from '#lib/plain/page.ts';
import { fetchPage, postInPlace, show } from '#lib/plain/visit.ts';
import { watchTopics } from '#lib/plain/watch.ts';
import { ownTimeZone } from '#lib/shell/timeZone.ts';

/** The script of the page of a request: live totals and states, the dialog of an acceptance, forms without a reload. */
export interface FollowFacts {
  /** The zone in which the page's times are printed. */
  timeZone: string;
  topics: string[];
  /** The reader's language. */
  tag: string;
  /** The name of the button that closes the dialog. */
  close: string;
}

const facts = readFacts<FollowFacts>();
const againMs = 5_000;

let dialog: HTMLDialogElement | undefined;
/** What the page says about the last action, as in its address; it stays until the next one. */
let said = saidIn(new URL(location.href));

closeMenus();
followDates(facts.tag);
focusErrors();
runClocks();
document.addEventListener('change', onChange);
document.addEventListener('click', onClick);
document.addEventListener('submit', onSubmit);
// A first visit's times are printed in an assumed zone.
if (ownTimeZone(facts.timeZone)) void refresh();
watchTopics(facts.topics, () => void refresh());
markReady();

async function refresh(): Promise<void> {
  const url = new URL(location.href);
  for (const name of ['said', 'about', 'confirm']) url.searchParams.delete(name);
  for (const [name, value] of said) url.searchParams.set(name, value);
  // Undefined if another page was asked for meanwhile.
  const arrived = await fetchPage(url.href).catch(() => null);
  if (arrived?.ok) show(arrived);
  // The link was withdrawn: its page says so, and nothing of this one can be used any more.
  else if (arrived?.status === 404) location.reload();
  else if (arrived !== undefined) setTimeout(() => void refresh(), againMs);
}

function saidIn({ searchParams }: URL): URLSearchParams {
  return new URLSearchParams([...searchParams].filter(([name]) => name === 'said' || name === 'about'));
}

async function go(url: string): Promise<void> {
  try {
    const arrived = await fetchPage(url);
    if (!arrived) return;
    show(arrived);
    history.replaceState(history.state, '', url);
  } catch {
    location.assign(url);
  }
}

const choiceOf = (form: HTMLFormElement, more: Record<string, string> = {}): string => {
  const query = new URLSearchParams(more);
  for (const [name, value] of new FormData(form)) query.append(name, String(value));
  return `${location.pathname}?${query}`;
};

function onChange({ target }: Event): void {
  if (target instanceof HTMLInputElement && target.type === 'radio' && target.form?.id === 'choice')
    void go(choiceOf(target.form));
}

function onClick(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.dataset['close'] !== undefined && dialog?.contains(link)) {
    event.preventDefault();
    dialog.close();
  } else if (link.dataset['swap'] !== undefined) {
    event.preventDefault();
    void go(link.href);
  }
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.closest('main, dialog')) return;
  const submitter = event.submitter;
  event.preventDefault();
  if (submitter?.getAttribute('aria-disabled') === 'true') return;
  // The browser shows its own error when the service can't be reached.
  if (form.id === 'choice') void confirm(form).catch(() => location.assign(choiceOf(form, { confirm: '1' })));
  else void post(form, submitter).catch(() => form.submit());
}

/** Shows in a dialog what accepting the choice will do. */
async function confirm(form: HTMLFormElement): Promise<void> {
  const arrived = await fetchPage(choiceOf(form, { confirm: '1' }));
  const section = arrived?.page.getElementById('confirm');
  if (!arrived || !section) return void (await go(choiceOf(form)));
  dialog ??= createDialog();
  ask(dialog, section);
  dialog.showModal();
}

/** Shows the confirmation in the dialog, with what was typed there before it was closed. */
function ask(shown: HTMLDialogElement, { childNodes }: HTMLElement): void {
  const typed = [...shown.querySelectorAll<HTMLInputElement | HTMLSelectElement>('.input')];
  shown.replaceChildren(closeButton(shown), ...childNodes);
  for (const { id, value } of typed) {
    const field = shown.querySelector<HTMLInputElement | HTMLSelectElement>(`#${id}`);
    if (field && value) field.value = value;
  }
}

function createDialog(): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'dialog plain-dialog';
  made.setAttribute('aria-labelledby', 'h-confirm');
  document.body.append(made);
  return made;
}

function closeButton(of: HTMLDialogElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button--quiet button--icon plain-dialog__close';
  button.setAttribute('aria-label', facts.close);
  button.textContent = '×';
  button.onclick = () => of.close();
  return button;
}

/** Posts a form in place, says what happened beside its button, and keeps the focus there. */
async function post(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const action = new URL(form.action).search;
  const arrived = await postInPlace(form, submitter);
  const fold = form.closest('details');
  const refused = dialog?.contains(form) && !arrived.ok && arrived.page.getElementById('confirm');
  if (dialog && refused) {
    ask(dialog, refused);
    return focusOn(dialog.querySelector('.error-summary'));
  }
  if (dialog?.contains(form)) dialog.close();
  said = saidIn(arrived.url);
  show(arrived);
  if (arrived.ok) form.reset();
  if (arrived.ok && fold && !arrived.page.getElementById(fold.id)?.hasAttribute('open')) fold.open = false;
  if (action.endsWith('/accept'))
    focusOn(document.querySelector(arrived.ok ? '#h-ordered' : '.error-summary'));
  else if (!arrived.ok) focusOn(document.querySelector('main [aria-invalid="true"], main .note--bad'));
  else if (fold && !fold.open) fold.querySelector('summary')?.focus({ preventScroll: true });
  else if (!form.isConnected) focusOn(document.querySelector('main [role="status"] > .note--ok'));
}

function focusOn(element: Element | null): void {
  if (!(element instanceof HTMLElement)) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
}
