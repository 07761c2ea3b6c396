import type { Cookies } from '@sveltejs/kit';
import { LRUCache } from 'lru-cache';
import type { Api } from '#lib/api/paths.ts';
import { sessionOf } from './visit.ts';

// Every page of an account shows the number; it may be this old.
const keptMs = 10_000;

const kept = new LRUCache<string, number>({ max: 5_000, ttl: keptMs });

/** Returns how many notices of an account are new, at most ten seconds old: 0 for guests, and for others than buyers. */
export async function countUnread(api: Api, cookies: Pick<Cookies, 'get'>): Promise<number> {
  const session = sessionOf(cookies);
  if (session === undefined) return 0;
  const known = kept.get(session);
  if (known !== undefined) return known;
  const { unread } = await api.get('/api/notices/unread').catch(() => ({ unread: 0 }));
  kept.set(session, unread);
  return unread;
}

/** Lets the next page count anew, after notices were read. */
export function forgetUnread(cookies: Pick<Cookies, 'get'>): void {
  const session = sessionOf(cookies);
  if (session !== undefined) kept.delete(session);
}
