import type { HandleClientError } from '@sveltejs/kit/hooks';
import { ApiError } from '#lib/api/problem.ts';

/** Refusals that reach a page while it changes in the browser keep their status and code. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (kind === 'unknown' && error instanceof ApiError) {
    return { status: error.status, message: error.problem.title, code: error.problem.code };
  }
  return { message: kind === 'unknown' ? 'Internal error' : error.message };
};
