import { randomUUID } from 'node:crypto';
import { demoApi } from '../demo.server.ts';
import { numbersIn } from './numbers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  phones: await demoApi(event).get('/dev/phones.json'),
  opened: numbersIn(event.url.searchParams),
  // Whose phones these are: when this page goes away, they go back to playing themselves.
  holder: randomUUID(),
});
