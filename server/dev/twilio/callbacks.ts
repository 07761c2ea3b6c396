import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CallbackEffect, Faults } from './faults.ts';
import type { CallEvent, Leg } from './leg.ts';
import type { SimulatedAccount } from './options.ts';
import { secondsAfter, type SimulatorTime } from './time.ts';
import type { Web } from './web.ts';

/** A status callback that was sent. */
export interface SentCallback {
  sid: string;
  event: CallEvent;
  at: Date;
  params: Record<string, string>;
  /** The service's HTTP status; null: no response, or dropped on purpose. */
  answered: number | null;
  attempts: number;
}

/** Sends status callbacks, in order: each after the response to the one before. */
export interface Callbacks {
  notify(leg: Leg, event: CallEvent): void;
  /** Resolves once all callbacks of the leg so far have been answered. */
  answered(leg: Leg): Promise<void>;
  sent(): SentCallback[];
}

interface Callback {
  event: CallEvent;
  params: Record<string, string>;
}

interface CallbackParts {
  account: SimulatedAccount;
  time: SimulatorTime;
  web: Web;
  faults: Faults;
}

export function createCallbacks({ account, time, web, faults }: CallbackParts): Callbacks {
  const log: SentCallback[] = [];
  const queues = new WeakMap<Leg, Promise<void>>();
  const heldBack = new WeakMap<Leg, Callback>();
  const lastOf = new WeakMap<Leg, Callback>();

  // Later callbacks don't wait for it.
  const later = (seconds: number, run: () => Promise<void>) =>
    void time.at(secondsAfter(time.now(), seconds), () => void run());

  function addToLog(leg: Leg, { event, params }: Callback): SentCallback {
    const entry = { sid: leg.sid, event, at: time.now(), params, answered: null, attempts: 0 };
    log.push(entry);
    return entry;
  }

  async function post(leg: Leg, callback: Callback, wrongSignature = false): Promise<void> {
    const { url, method } = leg.spec.subscription!;
    const entry = addToLog(leg, callback);
    const answer = await web.ask({ url, method, params: callback.params, wrongSignature });
    entry.attempts = answer.attempts;
    if (answer.ok) entry.answered = answer.status;
  }

  async function deliver(leg: Leg, callback: Callback): Promise<void> {
    const effects = faults.take('callback', { number: leg.spec.to, event: callback.event });
    const before = lastOf.get(leg);
    lastOf.set(leg, callback);
    const plan = planOf(effects, callback, before);
    if (plan.isDropped) return void addToLog(leg, callback);
    if (plan.isHeldBack) return holdBack(leg, callback);
    if (plan.delaySeconds > 0) return later(plan.delaySeconds, () => post(leg, plan.callback));
    for (let copy = 0; copy < plan.copies; copy += 1) await post(leg, plan.callback, plan.wrongSignature);
    await releaseHeld(leg);
  }

  async function releaseHeld(leg: Leg): Promise<void> {
    const waiting = heldBack.get(leg);
    heldBack.delete(leg);
    if (waiting) await post(leg, waiting);
  }

  /** Sends a callback after the next one; the last one only late. */
  function holdBack(leg: Leg, callback: Callback): void {
    heldBack.set(leg, callback);
    if (callback.event === 'completed') later(2, () => releaseHeld(leg));
  }

  return {
    notify(leg, event) {
      if (!leg.spec.subscription?.events.has(event)) return;
      const params = {
        ...callParams(leg, account.accountSid),
        ...progressParams(leg, event, time.now()),
      };
      leg.callbacksSent += 1;
      const before = queues.get(leg) ?? Promise.resolve();
      queues.set(
        leg,
        before.then(() => deliver(leg, { event, params })),
      );
    },
    answered: (leg) => queues.get(leg) ?? Promise.resolve(),
    sent: () => log,
  };
}

/** Returns how a callback is sent with these faults. */
function planOf(effects: CallbackEffect[], callback: Callback, before: Callback | undefined) {
  const find = <K extends CallbackEffect['kind']>(kind: K) =>
    effects.find((effect): effect is Extract<CallbackEffect, { kind: K }> => effect.kind === kind);
  const sent = find('replay') && before ? before : callback;
  return {
    isDropped: find('drop') !== undefined,
    isHeldBack: find('swap') !== undefined,
    delaySeconds: find('delay')?.seconds ?? 0,
    copies: find('copies')?.count ?? 1,
    wrongSignature: find('wrong-signature') !== undefined,
    callback: { ...sent, params: { ...sent.params, ...find('extra')?.params } },
  };
}

/** Returns the parameters of every request about a call. */
export function callParams(leg: Leg, accountSid: string): Record<string, string> {
  return {
    CallSid: leg.sid,
    AccountSid: accountSid,
    From: leg.spec.from,
    To: leg.spec.to,
    CallStatus: leg.status,
    ApiVersion: '2010-04-01',
    Direction: leg.spec.direction,
    ...(leg.spec.parent ? { ParentCallSid: leg.spec.parent.sid } : {}),
    Caller: leg.spec.from,
    Called: leg.spec.to,
    ...geoParameters('From', leg.spec.from),
    ...geoParameters('Caller', leg.spec.from),
    ...geoParameters('To', leg.spec.to),
    ...geoParameters('Called', leg.spec.to),
  };
}

/** Returns only the country, as Twilio does outside of North America. */
function geoParameters(name: string, number: string): Record<string, string> {
  const country = parsePhoneNumberFromString(number)?.country ?? '';
  return { [`${name}City`]: '', [`${name}State`]: '', [`${name}Zip`]: '', [`${name}Country`]: country };
}

function progressParams(leg: Leg, event: CallEvent, at: Date): Record<string, string> {
  const seconds = leg.durationSeconds;
  return {
    Timestamp: rfc2822(at),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(leg.callbacksSent),
    ...(event === 'completed'
      ? {
          CallDuration: String(seconds),
          Duration: String(Math.ceil(seconds / 60)),
          ...(leg.sipCode === null ? {} : { SipResponseCode: String(leg.sipCode) }),
        }
      : {}),
  };
}

/** Returns `Mon, 02 Nov 2026 10:00:00 +0000`. */
export const rfc2822 = (date: Date): string => date.toUTCString().replace('GMT', '+0000');
