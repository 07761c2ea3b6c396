import type { FieldError, Problem } from './schema.d.ts';

/** Thrown by every call that was not answered with 2xx, with status 503 and `unreachable` when there was no answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`);
    this.status = problem.status;
    this.problem = problem;
  }
}

export const problemOf = (status: number, code: string, errors?: FieldError[]): Problem => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  detail: '',
  ...(errors && { errors }),
});

/** Returns a refusal of one field by the page itself, in the shape of the service's refusals. */
export const wrongField = (path: string, code: string): Problem =>
  problemOf(422, 'invalid_input', [{ path, code, message: code }]);
