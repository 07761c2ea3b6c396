import { loadHome } from '#lib/server/home.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => loadHome(locals.api);
