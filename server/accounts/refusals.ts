import { type FieldError, type Refusal, refusalsOf, type RefusalTable } from '#server/platform/errors.ts';

export const refusals = {
  invalid_credentials: [401, 'E-mail address or password is wrong'],
  password_too_common: [422, 'Guesses begin with passwords like this one'],
} as const satisfies RefusalTable;

export const { refuse, refuseField, titleOf } = refusalsOf(refusals);

/** Refuses these fields. The code is `password_too_common` if nothing else is wrong. */
export function refuseWrong(errors: FieldError[]): Refusal {
  const isOnlyCommon = errors.every(({ code }) => code === 'password_too_common');
  return refuse(isOnlyCommon ? 'password_too_common' : 'invalid_input', { errors });
}
