import { migrate } from '#db/migrate.ts';
import { openDatabase } from './database.ts';
import { failWith } from './plain-error.ts';

const database = await openDatabase().catch(failWith);
try {
  await migrate(database.url);
  console.log('The database is up to date.');
} catch (error) {
  failWith(error);
} finally {
  await database.stop();
}
