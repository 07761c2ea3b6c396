import { type FieldError, type Refusal, refusalsOf, type RefusalTable } from '#server/platform/errors.ts';
import type { Obstacle } from '#server/platform/personal.ts';

export const refusals = {
  invalid_credentials: [401, 'E-mail address or password is wrong'],
  password_too_common: [422, 'Guesses begin with passwords like this one'],
  second_factor_required: [401, 'The password is right: send a code of the second factor, too'],
  wrong_code: [422, 'The code is wrong, or it was used before'],
  wrong_passkey: [422, 'This passkey does not belong here, or its answer came too late'],
  too_many_passkeys: [409, 'An account has at most twenty passkeys'],
  login_step_over: [401, 'This login took too long: begin again with the password'],
  second_factor_on: [409, 'An authenticator app is set up already'],
  second_factor_off: [409, 'No second factor is set up'],
  address_list_full: [409, 'There are 20 addresses already: remove one first'],
  still_open: [409, 'Something is still open'],
  credit_left: [409, 'Credit or money is left: have it paid back, or give it up'],
} as const satisfies RefusalTable;

/** Why an account can't be erased yet, as `errors` of `still_open` say it. */
export const obstacleTitles: Readonly<Record<Obstacle['code'], string>> = {
  open_order: 'An order is open',
  open_hold: 'Credit is held',
  open_call: 'A call is running',
  open_complaint: 'A complaint is open',
  open_top_up: 'A top-up is paid in part, owed, being paid or refunded, or disputed',
  last_admin: 'The company needs another admin first',
};

export const { refuse, refuseField, titleOf } = refusalsOf(refusals);

/** Refuses these fields. The code is `password_too_common` if nothing else is wrong. */
export function refuseWrong(errors: FieldError[]): Refusal {
  const isOnlyCommon = errors.every(({ code }) => code === 'password_too_common');
  return refuse(isOnlyCommon ? 'password_too_common' : 'invalid_input', { errors });
}
