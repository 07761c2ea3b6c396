import type { SubmitFunction } from '$app/forms';
import { goto } from '$app/navigation';
import { tick } from 'svelte';

type Answer = Parameters<Exclude<Awaited<ReturnType<SubmitFunction>>, void>>[0];

/**
 * After a form of the panel: shows what came of it without moving the page, which is the right one already. A refusal
 * leads to the first wrong field.
 */
export async function stay({ result, update, formElement }: Answer): Promise<void> {
  if (result.type === 'redirect') {
    await goto(result.location, { reset: false, replace: true, refreshAll: true });
    return showPanel();
  }
  await update({ reset: false });
  await tick();
  formElement.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')?.focus();
}

/** Brings the panel's head into view, unless it is there. */
export function showPanel(): void {
  const panel = document.getElementById('call');
  const { top = 0 } = panel?.getBoundingClientRect() ?? {};
  if (top < 0 || top > innerHeight * 0.6) panel?.scrollIntoView({ block: 'start' });
}
