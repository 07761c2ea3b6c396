import { type ActionFailure, fail } from '@sveltejs/kit';
import { ApiError } from './problem.ts';
import type { Problem } from './schema.d.ts';

/** Answers a form action with a refusal and what the person typed; rethrows anything else. */
export function failFrom<Values>(
  cause: unknown,
  values: Values,
): ActionFailure<{ problem: Problem; values: Values }> {
  if (cause instanceof ApiError) return fail(cause.status, { problem: cause.problem, values });
  throw cause;
}
