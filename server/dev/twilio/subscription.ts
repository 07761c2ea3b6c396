import type { CallEvent, Subscription } from './leg.ts';

const events: string[] = ['initiated', 'ringing', 'answered', 'completed'] satisfies CallEvent[];

/** Reads the status callbacks of a `<Number>`, whose events are separated by spaces. Default: `completed`. */
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
