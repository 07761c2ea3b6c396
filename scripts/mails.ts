import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { lift, listSuppressions } from '#server/platform/mailing/suppressions.ts';
import { openDatabase } from './database.ts';
import { failWith, PlainError, wrongUsage } from './plain-error.ts';

const usage = `Usage: npm run mails -- <what>
  refused          the addresses that mail servers refused for good, the latest first: they get no mails any more
  allow <address>  mails the address again, from the next mail on`;

const listedMax = 100;

/** Runs `npm run mails -- ...`. */
async function main(): Promise<void> {
  const [what, address, ...others] = process.argv.slice(2);
  if (what === '--help') return console.log(usage);
  if (what !== 'refused' && what !== 'allow') throw new PlainError(usage);
  if (what === 'allow' && !address) throw wrongUsage('Which address?', usage);
  if (others.length > 0) throw wrongUsage('Only one address at a time.', usage);

  const opened = await openDatabase();
  await migrate(opened.url);
  const database = connect(opened.url);
  try {
    if (what === 'allow' && address) {
      if (!(await lift(database.db, address))) throw new PlainError(`${address} was not refused.`);
      return console.log(`${address} gets mails again.`);
    }
    const refused = await listSuppressions(database.db, listedMax);
    if (refused.length === 0) console.log('No address was refused.');
    for (const { email, since, answer } of refused)
      console.log(`${since.toISOString().slice(0, 16).replace('T', ' ')}  ${email}  ${answer}`);
  } finally {
    await database.close();
    await opened.stop();
  }
}

try {
  await main();
} catch (error) {
  failWith(error);
}
