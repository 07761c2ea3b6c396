import { admit } from '#lib/rooms/admitting.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url }) => ({
  self: await admit(locals.api, url, ['staff']),
});
