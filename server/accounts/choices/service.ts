import { type MailChoice, mailChoices } from '#server/common/enums/accounts.ts';
import type { Context } from '#server/context.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import * as accounts from '../queries.ts';

type Choices = Record<MailChoice, boolean>;

const choicesWithout = (unwanted: readonly MailChoice[]): Choices =>
  Object.fromEntries(mailChoices.map((choice) => [choice, !unwanted.includes(choice)])) as Choices;

/** Returns which mails the account gets, of those that can be switched off. */
export async function readChoices(
  { db }: Pick<Context, 'db'>,
  { id }: Pick<Account, 'id'>,
): Promise<Choices> {
  return choicesWithout(await accounts.unwantedMailsOf(db, id));
}

/** Keeps which mails the account gets from now on, of those that can be switched off. */
export async function keepChoices(
  { db }: Pick<Context, 'db'>,
  { id }: Pick<Account, 'id'>,
  choices: Choices,
): Promise<Choices> {
  const unwantedMails = mailChoices.filter((choice) => !choices[choice]);
  await accounts.updateAccount(db, id, { unwantedMails });
  return choicesWithout(unwantedMails);
}
