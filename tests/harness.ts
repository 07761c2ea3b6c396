import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { inject } from 'vitest';
import { buildApp, type Service } from '#server/app.ts';
import type { Clock } from '#server/platform/clock.ts';
import { loadPages, onePort, shareWithPages } from '#server/pages.ts';
import { type Config, readConfig } from '#server/platform/config.ts';
import { jobHandlers } from '#server/worker.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';

/** The whole service on a database and a port of its own, with a real mail server. */
export interface TestService extends Service {
  url: string;
  config: Config;
  clock: Clock & { set(at: Date): void; advance(ms: number): void };
  mail: MailSink;
  /** Returns a new browser, which keeps cookies and sends the page's own origin. */
  visitor(): Client;
  /** Returns a client without cookies or origin, such as a holder of a link. */
  outsider(): Client;
  /** Runs the jobs that are due, with `includeLater` also those that wait for their time. */
  drain(options?: { includeLater?: boolean }): Promise<number>;
  /** Returns how many SQL statements `run` took, without BEGIN and COMMIT. */
  countStatements(run: () => Promise<unknown>): Promise<number>;
  /** Ends the service; throws when a job was left behind. */
  end(): Promise<void>;
}

/** Matches transaction control, the driver's query for array types on a new connection, and what the clock asks by itself. */
const isBookkeeping =
  /^\s*(begin|commit|rollback)|from pg_catalog\.pg_type|extract\(epoch from clock_timestamp\(\)\)/i;

let allStatements = 0;
/** Returns how many SQL statements the services of this process have sent so far, BEGIN and COMMIT among them. */
export const statementsSoFar = (): number => allStatements;

function countStatement(): void {
  allStatements += 1;
}

export async function start(
  options: {
    env?: Record<string, string>;
    leaveJobs?: boolean;
    pages?: boolean;
    clock?: TestService['clock'];
    /** Whether managers and staff must have a second factor, as in production; most tests are about other things. */
    requiresSecondFactor?: boolean;
    searchTimeoutMs?: number;
    onStatement?: (statement: string) => void;
  } = {},
): Promise<TestService> {
  const database = await cloneTemplate();
  const mail = await startMailSink();
  // Browsers use the real time.
  const clock = options.clock ?? testClock(options.pages ? new Date() : thisMorning());
  let statements = 0;
  const settings = readConfig(
    {
      DATABASE_URL: database.url,
      SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
      SECRET_KEY: 'a key for tests only, of more than 32 bytes',
      PUBLIC_URL: 'http://quoteline.test',
      LOG_LEVEL: 'silent',
      // Many tests send more mails to one address than people do.
      LIMIT_MAILS_PER_PARTNER_ADDRESS: '100000',
      LIMIT_MAILS_PER_UNPROVEN_ADDRESS: '100000',
      ...options.env,
    },
    'production',
  );
  const config = { ...settings, requiresSecondFactor: options.requiresSecondFactor ?? false };
  const service = await buildApp(config, {
    clock,
    validateResponses: true,
    ...(options.searchTimeoutMs ? { searchTimeoutMs: options.searchTimeoutMs } : {}),
    ...(options.pages ? { serverFactory: onePort(await loadPages(config)) } : {}),
    onStatement: (statement) => {
      options.onStatement?.(statement);
      countStatement();
      if (!isBookkeeping.test(statement)) statements += 1;
    },
  });
  // Tests run the jobs themselves, by `drain`.
  await service.ctx.sql`insert into workers values (gen_random_uuid(), 'infinity')`;
  if (options.pages) shareWithPages(service.app);
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;

  return {
    ...service,
    url,
    config,
    clock,
    mail,
    visitor: () => createClient(url, config.publicUrl),
    outsider: () => createClient(url, null),
    drain: (drainOptions) => service.ctx.jobs.drain(drainOptions),
    async countStatements(run) {
      const before = statements;
      await run();
      return statements - before;
    },
    async end() {
      const left = options.leaveJobs ? [] : await waitingJobs(service);
      await service.close();
      await mail.close();
      await database.drop();
      if (left.length > 0) throw new Error(`jobs left behind: ${left.join(', ')}`);
    },
  };
}

/** Another process of the service, on the database and the clock of the first, which runs its jobs. */
export interface Beside extends Pick<TestService, 'url' | 'ctx' | 'visitor'> {
  end(): Promise<void>;
}

export async function startBeside({ config, clock }: TestService): Promise<Beside> {
  const service = await buildApp(config, { clock, validateResponses: true, onStatement: countStatement });
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;
  return {
    url,
    ctx: service.ctx,
    visitor: () => createClient(url, config.publicUrl),
    end: () => service.close(),
  };
}

/** Creates a database for one test file, migrated and empty unless a copy of another is wanted. */
export async function cloneTemplate(
  template = inject('database').template,
): Promise<{ url: string; drop(): Promise<void> }> {
  const { pgUrl } = inject('database');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(pgUrl, { max: 1, onnotice: () => {} });
  // Copying its files takes half as long as copying its pages through the log.
  await admin.unsafe(`create database ${name} template ${template} strategy file_copy`);
  const url = new URL(pgUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** Returns the names of waiting jobs, except repeated ones, which always wait once a worker has run. */
export async function waitingJobs({ ctx }: Pick<Service, 'ctx'>): Promise<string[]> {
  const repeated = jobHandlers(ctx).filter(({ job }) => job.everySeconds !== null);
  const rows = await ctx.sql<{ name: string }[]>`
    select name from pgboss.job
    where state in ('created', 'retry', 'active') and not name = any(${repeated.map(({ job }) => job.name)})`;
  return rows.map((row) => row.name);
}

function testClock(beginning: Date): TestService['clock'] {
  let offset = beginning.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + offset),
    set: (at) => {
      offset = at.getTime() - Date.now();
    },
    advance: (ms) => {
      offset += ms;
    },
  };
}

/** Returns a time today that is far from the ends of hours and days, at which limits, budgets and workdays restart. */
export function thisMorning(): Date {
  const today = new Date();
  today.setUTCHours(10, 0, 20, 0);
  return today;
}

/** Returns a clock that stands still between moves, so that a slow machine runs into no deadline of a test. */
export function stillClock(beginning = thisMorning()): TestService['clock'] {
  let now = beginning.getTime();
  return {
    now: () => new Date(now),
    set: (at) => {
      now = at.getTime();
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  body: T;
}

/** A JSON answer, untyped: tests say what they expect of it. */
type AnyBody = any;

export interface Client {
  cookies: Map<string, string>;
  request<T = AnyBody>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  get<T = AnyBody>(path: string): Promise<Answer<T>>;
  post<T = AnyBody>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  patch<T = AnyBody>(path: string, body: unknown): Promise<Answer<T>>;
  put<T = AnyBody>(path: string, body: unknown): Promise<Answer<T>>;
  delete<T = AnyBody>(path: string, body?: unknown): Promise<Answer<T>>;
}

/** Returns a browser on pages of that origin, or a client without cookies for null. */
export function createClient(url: string, origin: string | null): Client {
  const cookies = new Map<string, string>();
  const client: Client = {
    cookies,
    async request(method, path, body, headers = {}) {
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(origin ? { origin } : {}),
          ...(cookies.size > 0
            ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
            : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (name === undefined || value === undefined || !origin) continue;
        if (/;\s*expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return {
        status: response.status,
        headers: response.headers,
        body: isJson && text ? JSON.parse(text) : text,
      };
    },
    get: (path) => client.request('GET', path),
    post: (path, body, headers) => client.request('POST', path, body, headers),
    patch: (path, body) => client.request('PATCH', path, body),
    put: (path, body) => client.request('PUT', path, body),
    delete: (path, body) => client.request('DELETE', path, body),
  };
  return client;
}
