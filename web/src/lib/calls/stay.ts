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
    return goto(result.location, { reset: false, replace: true, refreshAll: true });
  }
  await update({ reset: false });
  await tick();
  formElement.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')?.focus();
}
