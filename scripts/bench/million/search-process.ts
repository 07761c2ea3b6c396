import { startSearch } from '#server/search-main.ts';

/* The search process as one to measure. */

const search = await startSearch(process.env);
process.send?.({ port: Number(new URL(search.url).port) });
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
