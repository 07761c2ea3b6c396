import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import type { Exchanges } from './exchanges.ts';
import { readOverrides, type Overrides } from './overrides.ts';
import { secondsAfter, type SimulatorTime } from './time.ts';

/** A request to the service. `wrongSignature`: a fault for tests. */
export interface WebRequest {
  /** May have overrides in its fragment: `#rc=3&rp=all`. */
  url: string;
  method: string;
  params: Record<string, string>;
  wrongSignature?: boolean;
}

export type WebAnswer = Attempt & { attempts: number };

type Attempt =
  | { ok: true; status: number; body: string; contentType: string }
  /** `connect`: no connection. `read`: no complete response in time. `total`: all attempts together took too long. */
  | { ok: false; why: 'connect' | 'read' | 'total' };

/** Sends requests to the service as Twilio does: signed, with its timeouts and retries. */
export interface Web {
  ask(request: WebRequest): Promise<WebAnswer>;
}

const largestBody = 1024 * 1024;

export function createWeb(
  time: SimulatorTime,
  exchanges: Exchanges,
  authToken: string,
  hosts: Record<string, string> = {},
): Web {
  return {
    async ask(request) {
      exchanges.begin(request);
      try {
        return await withRetries(request);
      } finally {
        exchanges.end(request);
      }
    },
  };

  async function withRetries(request: WebRequest): Promise<WebAnswer> {
    const [address = '', fragment = ''] = request.url.split('#');
    const overrides = readOverrides(fragment);
    const prepared = prepare(address, request, authToken, hosts);
    const total = new AbortController();
    const cancel = time.at(secondsAfter(time.now(), overrides.totalSeconds), () => total.abort());
    try {
      for (let attempts = 1; ; attempts += 1) {
        const answer = await send(prepared, overrides, total.signal, time);
        if (total.signal.aborted) return { ok: false, why: 'total', attempts };
        if (attempts > overrides.retries || !shouldRetry(answer, overrides)) return { ...answer, attempts };
      }
    } finally {
      cancel();
    }
  }
}

function shouldRetry(answer: Attempt, { retryOn }: Overrides): boolean {
  if (!answer.ok) return retryOn.has(answer.why === 'connect' ? 'ct' : 'rt');
  const { status } = answer;
  return (status >= 500 && retryOn.has('5xx')) || (status >= 400 && status < 500 && retryOn.has('4xx'));
}

interface Prepared {
  origin: URL;
  path: string;
  host: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

/** Signs the request for the original URL, and maps its host. */
function prepare(
  address: string,
  request: WebRequest,
  authToken: string,
  hosts: Record<string, string>,
): Prepared {
  const isGet = request.method.toUpperCase() === 'GET';
  const form = new URLSearchParams(request.params).toString();
  const signed = isGet && form ? `${address}${address.includes('?') ? '&' : '?'}${form}` : address;
  const key = request.wrongSignature ? `not ${authToken}` : authToken;
  const { origin, host } = new URL(signed);
  return {
    origin: new URL(hosts[origin] ?? origin),
    // Exactly as signed.
    path: /^[^/]*\/\/[^/?]*(.*)$/.exec(signed)?.[1] || '/',
    host,
    method: isGet ? 'GET' : 'POST',
    headers: {
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'x-twilio-signature': webhooks.getExpectedTwilioSignature(key, signed, isGet ? {} : request.params),
      'i-twilio-idempotency-token': randomUUID(),
      ...(isGet ? {} : { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
    },
    body: isGet ? '' : form,
  };
}

/** Makes one attempt, with a new connection because a kept one may be dead. */
function send(
  { origin, path, host, method, headers, body }: Prepared,
  overrides: Overrides,
  signal: AbortSignal,
  time: SimulatorTime,
): Promise<Attempt> {
  return new Promise((resolve) => {
    let connected = false;
    const { request } = origin.protocol === 'https:' ? https : http;
    const outgoing = request(origin, { path, method, agent: false, signal, headers: { ...headers, host } });
    const giveUp = () => outgoing.destroy(new Error('took too long'));
    let cancel = time.at(secondsAfter(time.now(), overrides.connectSeconds), giveUp);
    const done = (answer: Attempt) => {
      cancel();
      resolve(answer);
    };
    outgoing.on('socket', (socket) =>
      socket.once('connect', () => {
        connected = true;
        cancel();
        cancel = time.at(secondsAfter(time.now(), overrides.readSeconds), giveUp);
      }),
    );
    outgoing.on('error', () => done({ ok: false, why: connected ? 'read' : 'connect' }));
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= largestBody) chunks.push(chunk);
      });
      incoming.on('error', () => done({ ok: false, why: 'read' }));
      incoming.on('end', () =>
        done({
          ok: true,
          status: incoming.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          contentType: incoming.headers['content-type'] ?? '',
        }),
      );
    });
    outgoing.end(body);
  });
}
