import { demoApi } from './demo.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  people: await demoApi(event).get('/dev/people.json'),
});
