import type { Api } from '#lib/api/paths.ts';
import { toLogin } from '#lib/credits/login.server.ts';

/** Reads a page of the complaints that the reader sees: the open ones, or with `?closed` the others. */
export async function listComplaints(api: Api, url: URL) {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  const open = !url.searchParams.has('closed');
  try {
    return { open, complaints: await api.get('/api/complaints', { params: { query: { page, open } } }) };
  } catch (cause) {
    return toLogin(cause, url);
  }
}

/** Reads a complaint. */
export async function readComplaint(api: Api, id: string, url: URL) {
  try {
    return await api.get('/api/complaints/{id}', { params: { path: { id } } });
  } catch (cause) {
    return toLogin(cause, url);
  }
}
