import type { RequestEvent } from '@sveltejs/kit';
import { type Client, createClient } from '#lib/api/client.ts';
import { inProcess } from '#lib/server/inProcess.ts';
import type { DemoPaths } from './paths.ts';

/** Returns the demo's own part of the service, for its pages. */
export const demoApi = (event: RequestEvent): Client<DemoPaths> => createClient(inProcess(event));
