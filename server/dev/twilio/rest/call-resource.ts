import { rfc2822 } from '../callbacks.ts';
import type { CallStatus, Leg } from '../leg.ts';

export const apiVersion = '2010-04-01';

/** Returns the Call resource as of that time, with all fields; null while unknown. */
export function callResource(leg: Leg, accountSid: string, at: Date) {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Calls/${leg.sid}`;
  const known = (moment: Date | null) => (moment && moment <= at ? moment : null);
  const answered = known(leg.answeredAt);
  const ended = known(leg.endedAt);
  const started = known(leg.initiatedAt);
  const latest = leg.history.findLast((entry) => entry.at <= at) ?? { at: leg.spec.createdAt };
  return {
    sid: leg.sid,
    date_created: rfc2822(leg.spec.createdAt),
    date_updated: rfc2822(latest.at),
    parent_call_sid: leg.spec.parent?.sid ?? null,
    account_sid: accountSid,
    to: leg.spec.to,
    to_formatted: leg.spec.to,
    from: leg.spec.from,
    from_formatted: leg.spec.from,
    phone_number_sid: null,
    status: statusAt(leg, at),
    start_time: started && rfc2822(started),
    end_time: ended && rfc2822(ended),
    duration: ended && answered ? String(leg.durationSeconds) : null,
    price: null,
    price_unit: 'USD',
    direction: leg.spec.direction,
    answered_by: null,
    api_version: apiVersion,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(Math.round(leg.queueMs)),
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(subresources.map(([name, path]) => [name, `${uri}/${path}.json`])),
  };
}

const subresources = [
  ['notifications', 'Notifications'],
  ['recordings', 'Recordings'],
  ['payments', 'Payments'],
  ['events', 'Events'],
  ['siprec', 'Siprec'],
  ['streams', 'Streams'],
  ['transcriptions', 'Transcriptions'],
  ['user_defined_messages', 'UserDefinedMessages'],
  ['user_defined_message_subscriptions', 'UserDefinedMessageSubscriptions'],
] as const;

/** Returns the status as of that time. `initiated` exists only in callbacks. */
export function statusAt(leg: Leg, at: Date): Exclude<CallStatus, 'initiated'> {
  const { status } = leg.history.findLast((entry) => entry.at <= at) ?? { status: 'queued' };
  return status === 'initiated' ? 'queued' : status;
}
