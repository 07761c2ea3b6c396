/** A message from a page. */
export type ClientMessage =
  { type: 'watch'; topic: string; version?: number } | { type: 'unwatch'; topic: string } | { type: 'ping' };

/** Why a topic can't be watched. */
export type RefusedWatch = 'not_found' | 'login_required' | 'forbidden' | 'too_many' | 'invalid';

const longestTopic = 100;

/** Parses a text frame; null if it is invalid. */
export function parseMessage(text: string): ClientMessage | null {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof frame !== 'object' || frame === null) return null;
  const { type, topic, version } = frame as Record<string, unknown>;
  if (type === 'ping') return { type };
  if (typeof topic !== 'string' || topic.length > longestTopic) return null;
  if (type === 'unwatch') return { type, topic };
  if (type !== 'watch') return null;
  if (version === undefined) return { type, topic };
  return Number.isSafeInteger(version) ? { type, topic, version: version as number } : null;
}

export const pong = '{"type":"pong"}';

export function refused(topic: string, code: RefusedWatch): string {
  return JSON.stringify({ type: 'refused', topic, code });
}
