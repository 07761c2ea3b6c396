import type { SubmitFunction } from '$app/forms';
import { goto } from '$app/navigation';
import { tick } from 'svelte';

type Answer = Parameters<Exclude<Awaited<ReturnType<SubmitFunction>>, void>>[0];

/**
 * Applies the result of a form of the panel without leaving or scrolling the page. A refusal focuses the first wrong
 * field.
 */
export async function stay({ result, update, formElement }: Answer): Promise<void> {
  if (result.type === 'redirect') {
    await goto(result.location, { reset: false, replace: true, refreshAll: true });
    return showPanel();
  }
  // The URL of the action would reload the page with another panel and lose the place.
  await update({ reset: false, navigate: false });
  await tick();
  formElement.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')?.focus();
}

/** Scrolls the panel's head into view, unless it is visible. */
export function showPanel(): void {
  const panel = document.getElementById('call');
  const { top = 0 } = panel?.getBoundingClientRect() ?? {};
  if (top < 0 || top > innerHeight * 0.6) panel?.scrollIntoView({ block: 'start' });
}
