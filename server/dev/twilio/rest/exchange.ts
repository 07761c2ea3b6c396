import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Callbacks } from '../callbacks.ts';
import type { Exchanges } from '../exchanges.ts';
import type { Faults } from '../faults.ts';
import type { Leg } from '../leg.ts';
import { pause, type SimulatorTime } from '../time.ts';
import { RestError, sendError } from './errors.ts';

/** A form as it came: a repeated name is a list. */
export type Form = Record<string, string | string[]>;

export function one(form: Form | undefined, name: string): string | undefined {
  const value = form?.[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === '' ? undefined : first;
}

export const many = (form: Form, name: string): string[] => [form[name] ?? []].flat();

export interface ExchangeParts {
  faults: Faults;
  exchanges: Exchanges;
  time: SimulatorTime;
  callbacks: Callbacks;
}

interface Done {
  status: number;
  body: unknown;
  /** Whose callbacks a late answer waits for. */
  leg?: Leg;
  /** What begins once it was answered. */
  afterwards?: () => void;
}

const never = new AbortController().signal;

/** Answers a request, unless something is to go wrong with it: refused before it is done, or lost or late after. */
export async function answerWithFaults(
  { faults, exchanges, time, callbacks }: ExchangeParts,
  on: 'create' | 'update' | 'fetch',
  number: string,
  request: FastifyRequest,
  reply: FastifyReply,
  run: () => Done,
): Promise<FastifyReply> {
  const effects = [...faults.take('rest', { number }), ...faults.take(on, { number })];
  for (const effect of effects) {
    if (effect.kind === 'error') {
      return sendError(reply, new RestError(effect.status, effect.code, effect.message));
    }
    if (effect.kind === 'html') {
      return reply
        .code(effect.status)
        .type('text/html')
        .send('<html><body><h1>Bad gateway</h1></body></html>');
    }
  }
  if (effects.some((effect) => effect.kind === 'vanished')) return cut(request, reply);
  const { status, body, leg, afterwards } = run();
  for (const effect of effects) {
    if (effect.kind !== 'lost' && effect.kind !== 'slow' && effect.kind !== 'after-callback') continue;
    afterwards?.();
    if (effect.kind === 'lost') return cut(request, reply);
    if (effect.kind === 'slow') await exchanges.hold(request.raw, pause(time, effect.seconds, never));
    if (effect.kind === 'after-callback' && leg) await callbacks.told(leg);
    return reply.code(status).send(body);
  }
  // The network dials when the answer is on its way, not before.
  if (afterwards) reply.raw.once('finish', afterwards);
  return reply.code(status).send(body);
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.raw.socket.destroy();
  return reply.hijack();
}
