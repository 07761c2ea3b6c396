import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type { Simulator } from '#server/dev/twilio/port.ts';
import { type SimulatorOptions, startSimulator } from '#server/dev/twilio/simulator.ts';
import { type VirtualTime, virtualTime } from '#server/dev/twilio/time.ts';

export const account = {
  accountSid: `AC${'5'.repeat(32)}`,
  authToken: 'the account token of the test',
  apiKey: `SK${'6'.repeat(32)}`,
  apiSecret: 'the key secret of the test',
  from: '+38111222333',
};
export const agentPhone = '+38121555123';
export const visitorPhone = '+420601123456';

/** A webhook that reached the fake service. */
export interface Hit {
  path: string;
  method: string;
  params: Record<string, string>;
  headers: IncomingMessage['headers'];
  /** Whether Twilio's own package accepts the signature. */
  isGenuine: boolean;
  at: Date;
}

/** The answer that never comes. */
export const silence = Symbol('silence');

/** What the fake service answers: a document, an HTTP status, or nothing. */
type Answer = string | number | { status: number; body: string; type: string } | typeof silence;

/** A simulator that calls a fake service, and Twilio's own client of it. */
export interface SimulatorSetup {
  simulator: Simulator;
  time: VirtualTime;
  client: ReturnType<typeof twilio>;
  hits: Hit[];
  /** The answers of the fake service by path, 204 by default. */
  answers: Map<string, Answer | ((hit: Hit) => Answer)>;
  /** Returns the public URL of a path of the fake service. */
  at(path: string): string;
  to(path: string): Hit[];
  /** Returns the statuses reported to a path, in the order of their arrival. */
  statuses(path: string): (string | undefined)[];
  advance: (seconds: number) => Promise<void>;
  settled: () => Promise<void>;
  create(
    options?: Partial<Parameters<ReturnType<typeof twilio>['calls']['create']>[0]>,
  ): ReturnType<ReturnType<typeof twilio>['calls']['create']>;
  close(): Promise<void>;
}

const publicUrl = 'https://quoteline.test';

export async function setUpSimulator(options: Partial<SimulatorOptions> = {}): Promise<SimulatorSetup> {
  const time = virtualTime(new Date('2026-11-02T10:00:00Z'));
  const hits: Hit[] = [];
  const answers: SimulatorSetup['answers'] = new Map();
  const server = createServer((request, response) => {
    void readForm(request).then((form) => {
      const url = publicUrl + request.url;
      const hit: Hit = {
        path: new URL(url).pathname,
        method: request.method ?? '',
        params: { ...form, ...Object.fromEntries(new URL(url).searchParams) },
        headers: request.headers,
        isGenuine: twilio.validateRequest(
          account.authToken,
          String(request.headers['x-twilio-signature']),
          url,
          form,
        ),
        at: time.now(),
      };
      hits.push(hit);
      const given = answers.get(hit.path) ?? 204;
      const answer = typeof given === 'function' ? given(hit) : given;
      if (answer === silence) return;
      if (typeof answer === 'number') return response.writeHead(answer).end();
      const { status, body, type } =
        typeof answer === 'string' ? { status: 200, body: answer, type: 'text/xml' } : answer;
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const simulator = await startSimulator({
    account,
    time,
    hosts: { [publicUrl]: `http://127.0.0.1:${port}` },
    ...options,
  });
  const client = realClient(simulator.url);
  return {
    simulator,
    time,
    client,
    hits,
    answers,
    at: (path) => publicUrl + path,
    to: (path) => hits.filter((hit) => hit.path === path),
    statuses: (path) => hits.filter((hit) => hit.path === path).map((hit) => hit.params.CallStatus),
    advance: (seconds) => time.advance(seconds * 1000, simulator.settled),
    settled: simulator.settled,
    create: (more = {}) =>
      client.calls.create({
        to: agentPhone,
        from: account.from,
        url: `${publicUrl}/answered`,
        statusCallback: `${publicUrl}/status`,
        statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
        ...more,
      }),
    async close() {
      await simulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}

/** Returns Twilio's own client with its requests redirected to this URL. */
export function realClient(url: string, credentials = [account.apiKey, account.apiSecret] as const) {
  class Local extends twilio.RequestClient {
    override request<T>(asked: RequestClient.RequestOptions<T>) {
      const { pathname, search } = new URL(asked.uri);
      return super.request<T>({ ...asked, uri: url + pathname + search });
    }
  }
  return twilio(...credentials, {
    accountSid: account.accountSid,
    httpClient: new Local({ timeout: 30_000 }),
  });
}
