import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { networkOf } from './auth/origin.ts';
import { Refusal } from './errors.ts';
import type { App } from './http.ts';
import type { Log } from './log.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the security log notes when the route has done its work. */
    security?: SecurityEvent;
  }
}

/** What an operator should see (OWASP ASVS 16.3). */
export type SecurityEvent =
  | 'login_failed'
  | 'foreign_origin'
  | 'link_forged'
  | 'link_outdated'
  | 'link_revoked'
  | 'link_renewed'
  | 'webhook_unsigned'
  | 'host_refused'
  | 'limit_hit'
  | 'access_denied';

export interface SecurityLog {
  /** `subject`: what it was about, such as an e-mail address; only its keyed hash is logged. */
  note(event: SecurityEvent, about: { address: string; subject?: string }): void;
  /** Returns how often each event happened in this process. */
  counts(): ReadonlyMap<SecurityEvent, number>;
}

const linesPerMinute = 20;
const minuteMs = 60_000;

/** Creates a log whose lines contain no secret and no personal data besides the client's address. */
export function createSecurityLog(log: Log, secretKey: string, now: () => Date): SecurityLog {
  const counts = new Map<SecurityEvent, number>();
  let minute = 0;
  let lines = new Map<string, number>();
  const securityLog: SecurityLog = {
    note(event, { address, subject }) {
      counts.set(event, (counts.get(event) ?? 0) + 1);
      const current = Math.floor(now().getTime() / minuteMs);
      if (current !== minute) lines = new Map();
      minute = current;
      const key = `${event} ${networkOf(address)}`;
      const written = (lines.get(key) ?? 0) + 1;
      lines.set(key, written);
      // A flood must not fill the disk; the counters go on.
      if (written > linesPerMinute) return;
      const hashed = subject === undefined ? undefined : hashOf(subject, secretKey);
      log.warn({ security: event, address, ...(hashed ? { subject: hashed } : {}) }, 'security event');
    },
    counts: () => counts,
  };
  latest = securityLog;
  return securityLog;
}

/** Pages are loaded before the service they belong to. */
let latest: SecurityLog | undefined;
export const noteOfPages: SecurityLog['note'] = (event, about) => latest?.note(event, about);

/** Keyed, so that nobody can try addresses against a log. */
const hashOf = (subject: string, secretKey: string): string =>
  createHmac('sha256', secretKey)
    .update(`security log:${subject.toLowerCase()}`)
    .digest('base64url')
    .slice(0, 16);

const eventOf: Readonly<Record<string, SecurityEvent>> = {
  invalid_credentials: 'login_failed',
  wrong_code: 'login_failed',
  wrong_passkey: 'login_failed',
  foreign_origin: 'foreign_origin',
  link_not_valid: 'link_forged',
  unknown_host: 'host_refused',
  too_many: 'limit_hit',
  forbidden: 'access_denied',
};

/** Named at the field of a second factor, whatever the code of the refusal. */
const wrongFactors = ['wrong_code', 'wrong_passkey'];

/** Notes every refusal that an attack would meet, whichever route it came from, and what routes say of themselves. */
export function noteRefusals(app: App, security: SecurityLog): void {
  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof Refusal)) return;
    const isWebhook = request.routeOptions.config.access?.scope === 'webhook';
    const event =
      isWebhook && error.status < 500
        ? 'webhook_unsigned'
        : error.isOutdated
          ? 'link_outdated'
          : eventOf[error.errors.find(({ code }) => wrongFactors.includes(code))?.code ?? error.code];
    if (event) security.note(event, { address: request.ip, ...subjectOf(request) });
  });
  app.addHook('onResponse', async (request, reply) => {
    const { security: event } = request.routeOptions.config;
    if (!event || reply.statusCode >= 400) return;
    const { deliveryId, id } = request.params as { deliveryId?: string; id?: string };
    const subject = deliveryId ?? id;
    security.note(event, { address: request.ip, ...(subject === undefined ? {} : { subject }) });
  });
}

function subjectOf({ body }: FastifyRequest): { subject?: string } {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return typeof email === 'string' ? { subject: email } : {};
}
