import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { databaseClock } from '#server/platform/clock.ts';
import { readConfig } from '#server/platform/config.ts';
import { startJobs } from '#server/platform/jobs.ts';
import { revokeAllLinks } from '#server/requests/service.ts';
import { openDatabase } from './database.ts';
import { readEnvironment } from './environment.ts';
import { counted, failWith, PlainError, wrongUsage } from './plain-error.ts';

const usage = `Usage: npm run links -- revoke <number> [--renew]
  Ends all links of a request (QL-26-00012), or of one enquiry (its id): those in mails to partners and the buyer's.
  With --renew everybody gets a new one by mail. The buyer is told in both cases.`;

/** Runs `npm run links -- ...`. */
async function main(): Promise<void> {
  const { number, renew } = readArguments(process.argv.slice(2));
  const env = readEnvironment();
  const config = readConfig(env, env.DATABASE_URL && env.SMTP_URL ? 'production' : 'demo');

  const opened = await openDatabase();
  await migrate(opened.url);
  const database = connect(opened.url);
  const clock = databaseClock(database.sql);
  const log = { info: () => {}, debug: () => {}, warn: console.warn, error: console.error };
  const jobs = await startJobs(opened.url, [], log);
  try {
    await clock.compare();
    const ctx = { config, jobs, db: database.db };
    const people = await revokeAllLinks(ctx, number, { renew }, clock.now());
    if (people === null) throw new PlainError(`There is no request or enquiry ${number}.`);
    console.log(
      renew
        ? `All links of ${number} have ended; new ones go to ${counted(people, 'person', 'people')}.`
        : `All links of ${number} have ended, those of ${counted(people, 'person', 'people')}. Send new ones with --renew.`,
    );
  } finally {
    await jobs.stop();
    clock.stop();
    await database.close();
    await opened.stop();
  }
}

function readArguments(words: readonly string[]): { number: string; renew: boolean } {
  if (words.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  const option = words.find((word) => word.startsWith('-') && word !== '--renew');
  if (option !== undefined) throw wrongUsage(`There is no option ${option}.`, usage);
  const [what, number, ...others] = words.filter((word) => word !== '--renew');
  if (what === undefined) throw new PlainError(usage);
  if (what !== 'revoke') throw wrongUsage(`"${what}" is not a command: links can be revoked.`, usage);
  if (!number) throw wrongUsage('Which request? Its number is in every mail about it.', usage);
  if (others.length > 0) throw wrongUsage('Only one request at a time.', usage);
  return {
    number: number.startsWith('ql') ? number.toUpperCase() : number,
    renew: words.includes('--renew'),
  };
}

try {
  await main();
} catch (error) {
  failWith(error);
}
