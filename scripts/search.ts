import './loading.ts';
import { readEnvironment } from './environment.ts';
import { waitForEndRequest } from './lifetime.ts';
import { failWith } from './plain-error.ts';

/** `npm run search`: the search process of a production installation, which services ask at SEARCH_URL. */
const endRequest = waitForEndRequest();
try {
  const { startSearch } = await import('#server/search-main.ts');
  const search = await startSearch(readEnvironment());
  console.log(`Search is at ${search.url}, once its index is built`);
  await endRequest;
  await search.close();
  process.exit(0);
} catch (error) {
  failWith(error);
}
