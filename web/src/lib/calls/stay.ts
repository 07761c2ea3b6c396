import { replaceAddress, sendForm } from '#lib/island/island.svelte.ts';

/** Sends a form of the panel without leaving or scrolling the page. A refusal focuses the first wrong field. */
export async function sendAndStay(event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> {
  const form = event.currentTarget;
  const sent = await sendForm(event);
  if (sent.type === 'failure') return focusWrongField(form);
  // The address says what was done.
  replaceAddress(sent.url);
  showPanel();
}

export function focusWrongField(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')?.focus();
}

/** Scrolls the panel's head into view, unless it is visible. */
export function showPanel(): void {
  const panel = document.getElementById('call');
  const { top = 0 } = panel?.getBoundingClientRect() ?? {};
  if (top < 0 || top > innerHeight * 0.6) panel?.scrollIntoView({ block: 'start' });
}
