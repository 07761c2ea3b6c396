import type { Twilio } from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type { Config, TwilioConfig } from './config.ts';

/** A call as Twilio's API returns it; it may lag behind the callbacks. */
export interface RemoteCall {
  sid: string;
  status: string;
  direction: string;
  createdAt: Date | null;
  /** Seconds from answer to end; null until it has ended, or if nobody answered. */
  durationSeconds: number | null;
}

/** The result of creating a call. */
export type Creation =
  | { kind: 'created'; sid: string; queuedMs: number }
  /** There is no call, because of this number, or of the account or connection. */
  | { kind: 'refused'; about: 'number' | 'platform'; code: string }
  /** Timeout or server error: the call may exist, so a retry could make a second one. */
  | { kind: 'unsure'; code: string };

export interface CallOrder {
  /** Our id, part of the webhook URLs. */
  legId: string;
  /** E.164. */
  to: string;
  ringSeconds: number;
  /** Twilio ends the call after this time, even if our service is down. */
  limitSeconds: number;
  /** Asked right before the request, because the process may have stood still since it decided to call. */
  isTooLate: () => boolean;
}

/** Twilio. Failures of `end`, `fetch`, `children` and `find` throw a TelephonyError. */
export interface Telephony {
  /** The caller id, E.164. */
  from: string;
  /** Never throws. Asks nothing if it is too late. Retries only if Twilio didn't process the first attempt (429). */
  create(order: CallOrder): Promise<Creation>;
  /** Ends a call in any state. Idempotent. */
  end(sid: string): Promise<void>;
  /** Returns null if the call doesn't exist. */
  fetch(sid: string): Promise<RemoteCall | null>;
  /** Returns the calls that a call dialled. */
  children(parentSid: string): Promise<RemoteCall[]>;
  /** Returns calls that we created to this number since then, oldest first. */
  find(search: { to: string; since: Date }): Promise<RemoteCall[]>;
  /** Returns whether Twilio signed this URL and these fields. */
  isSigned(signature: string | undefined, url: string, fields: Record<string, unknown>): Promise<boolean>;
}

/** Returns our webhook URL; its origin is part of Twilio's signature. */
export const webhookUrl = (publicUrl: string, path: string) => `${publicUrl}/webhooks/twilio/${path}`;

// Twilio retries on connection failure, timeout and 5xx (webhook connection overrides). The fragment isn't sent or signed.
const retries = '#rc=3&rp=ct,rt,5xx&rt=4000';
export const statusUrl = (publicUrl: string, legId: string) =>
  webhookUrl(publicUrl, `status/${legId}`) + retries;

const http = { timeout: 8_000, autoRetry: true, maxRetries: 3, maxRetryDelay: 1_000 };

/** Twilio's error codes about the number called, not about our account. */
const numberErrors = new Set([21211, 21214, 21215, 21216, 21217, 13223, 13224, 13225, 13226, 13227]);
const alreadyOver = new Set([21220, 20404]);
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Creates a client of Twilio, or of the server at `baseUrl`; null without an account. Loads the package at first use. */
export function createTelephony(config: Config): Telephony | null {
  const account = config.twilio;
  if (!account) return null;
  const { publicUrl } = config;
  let loading: Promise<Twilio> | undefined;
  const client = () => (loading ??= connect(account));
  return {
    from: account.from,
    create: async (order) => create(await client(), account.from, publicUrl, order),
    async end(sid) {
      const { calls } = await client();
      await calls(sid)
        .update({ status: 'completed' })
        .catch((error: unknown) => {
          if (!alreadyOver.has(codeOf(error))) throw new TelephonyError(error);
        });
    },
    async fetch(sid) {
      const { calls } = await client();
      try {
        return remote(await calls(sid).fetch());
      } catch (error) {
        if (codeOf(error) === 20404) return null;
        throw new TelephonyError(error);
      }
    },
    children: async (parentCallSid) => (await list(await client(), { parentCallSid, limit: 20 })).map(remote),
    async find({ to, since }) {
      const found = await list(await client(), { to, from: account.from, limit: 50 });
      // Twilio's dates have no fractions of a second.
      const sinceSecond = Math.floor(since.getTime() / 1000) * 1000;
      return found
        .map(remote)
        .filter(
          ({ direction, createdAt }) => direction === 'outbound-api' && Number(createdAt) >= sinceSecond,
        )
        .toReversed();
    },
    isSigned: (signature, url, fields) => isSigned(account, signature, url, fields),
  };
}

async function connect(account: TwilioConfig): Promise<Twilio> {
  const { default: twilio } = await import('twilio');
  const base = account.baseUrl === undefined ? undefined : new URL(account.baseUrl);
  const httpClient = base ? rebased(twilio.RequestClient, base) : new twilio.RequestClient(http);
  return twilio(account.apiKey ?? account.accountSid, account.apiSecret ?? account.authToken, {
    accountSid: account.accountSid,
    httpClient,
  });
}

/** Returns a client that sends requests for any of Twilio's hosts to another origin. */
function rebased(Client: typeof RequestClient, base: URL): RequestClient {
  class RebasedClient extends Client {
    override request<T>(options: RequestClient.RequestOptions<T>) {
      const url = new URL(options.uri);
      url.protocol = base.protocol;
      url.host = base.host;
      return super.request<T>({ ...options, uri: url.href });
    }
  }
  return new RebasedClient(http);
}

async function create(client: Twilio, from: string, publicUrl: string, order: CallOrder): Promise<Creation> {
  if (order.isTooLate()) return { kind: 'refused', about: 'platform', code: 'too_late' };
  try {
    const call = await client.calls.create({
      to: order.to,
      from,
      url: webhookUrl(publicUrl, `agent/${order.legId}`),
      method: 'POST',
      fallbackUrl: webhookUrl(publicUrl, 'fallback'),
      fallbackMethod: 'POST',
      statusCallback: statusUrl(publicUrl, order.legId),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      timeout: order.ringSeconds,
      timeLimit: order.limitSeconds,
    });
    return { kind: 'created', sid: call.sid, queuedMs: Number(call.queueTime) || 0 };
  } catch (error) {
    return failure(error);
  }
}

/** Returns whether a failed creation is a refusal or may have made a call. */
function failure(error: unknown): Creation {
  const { status, code } = error as { status?: number; code?: number | string };
  const named = nameOf(error);
  if (typeof status === 'number' && status >= 400 && status < 500 && status !== 408) {
    const about = numberErrors.has(Number(code)) ? 'number' : 'platform';
    return { kind: 'refused', about, code: named };
  }
  if (neverSent.has(named)) return { kind: 'refused', about: 'platform', code: named };
  return { kind: 'unsure', code: named };
}

const list = ({ calls }: Twilio, search: Parameters<Twilio['calls']['list']>[0] & object) =>
  calls.list(search).catch((error: unknown) => {
    throw new TelephonyError(error);
  });

/** Has only the error's code, because the package's errors contain the account's secret and phone numbers. */
class TelephonyError extends Error {
  readonly code: string;

  constructor(error: unknown) {
    const code = nameOf(error);
    super(`Twilio failed: ${code}`);
    this.code = code;
  }
}

function nameOf(error: unknown): string {
  const { status, code } = error as { status?: number; code?: number | string };
  return String(code ?? status ?? 'unknown');
}

const codeOf = (error: unknown): number => Number((error as { code?: unknown }).code);

function remote(call: {
  sid: string;
  status: string;
  direction: string;
  dateCreated: Date | null;
  duration: string | null;
}): RemoteCall {
  const { sid, status, direction, duration } = call;
  // The package returns now for a missing date.
  return {
    sid,
    status,
    direction,
    createdAt: call.dateCreated,
    durationSeconds: duration === null || duration === '' ? null : Number(duration),
  };
}

/** Checks the primary and the secondary token, which is set during a rotation. */
async function isSigned(
  account: TwilioConfig,
  signature: string | undefined,
  url: string,
  fields: Record<string, unknown>,
): Promise<boolean> {
  if (!signature) return false;
  const { validateRequest } = await import('twilio/lib/webhooks/webhooks.js');
  const tokens = [account.authToken, account.secondaryAuthToken].filter((token) => token !== undefined);
  return tokens.some((token) => validateRequest(token, signature, url, fields));
}
