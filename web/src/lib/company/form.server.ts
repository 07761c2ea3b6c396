import { refused } from '#lib/credits/login.server.ts';
import { redirect } from '@sveltejs/kit';

/** Returns a form's texts by name. */
export const typedIn =
  (form: FormData) =>
  (name: string): string =>
    String(form.get(name) ?? '').trim();

/** Carries out what a form asks for and says so on a page, or answers with the refusal and what was typed in it. */
export async function carriedOut<Values>(
  doing: () => Promise<unknown>,
  { back, next, values }: { back: string; next: string; values: Values },
) {
  try {
    await doing();
  } catch (cause) {
    return refused(cause, back, values);
  }
  redirect(303, next);
}
