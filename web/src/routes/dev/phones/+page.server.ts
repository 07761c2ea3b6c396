import { randomUUID } from 'node:crypto';
import { demoApi } from '../demo.server.ts';
import { numbersIn } from './numbers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  phones: await demoApi(event).get('/dev/phones.json'),
  opened: numbersIn(event.url.searchParams),
  // Identifies this page as the holder of its phones, which are automatic again once it is closed.
  holder: randomUUID(),
});
