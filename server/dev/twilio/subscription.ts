import type { CallEvent, Subscription } from './leg.ts';

const events: string[] = ['initiated', 'ringing', 'answered', 'completed'] satisfies CallEvent[];

/**
 * Returns what a leg tells of itself. `<Number>` separates events by spaces; the REST parameter is repeated, and a
 * name it doesn't know, such as two in one, is ignored. Without one that counts, the end is told.
 */
export function readSubscription(
  attributes: Partial<Record<string, string>>,
  base: string,
): Subscription | null {
  const { statusCallback, statusCallbackMethod, statusCallbackEvent = '' } = attributes;
  if (!statusCallback) return null;
  const names = statusCallbackEvent.split(' ');
  return subscribe(new URL(statusCallback, base).href, statusCallbackMethod ?? 'POST', names);
}

export function subscribe(url: string, method: string, names: string[]): Subscription {
  const known = names.filter((name) => events.includes(name)) as CallEvent[];
  return { url, method, events: new Set(known.length > 0 ? known : ['completed']) };
}
