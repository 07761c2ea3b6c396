import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Callbacks } from '../callbacks.ts';
import type { Exchanges } from '../exchanges.ts';
import type { Faults } from '../faults.ts';
import type { Leg } from '../leg.ts';
import { pause, type SimulatorTime } from '../time.ts';
import { RestError, sendError } from './errors.ts';

/** A parsed form. Repeated fields are arrays. */
export type Form = Record<string, string | string[]>;

export function formValue(form: Form | undefined, name: string): string | undefined {
  const value = form?.[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === '' ? undefined : first;
}

export const formValues = (form: Form, name: string): string[] => [form[name] ?? []].flat();

export interface ExchangeParts {
  faults: Faults;
  exchanges: Exchanges;
  time: SimulatorTime;
  callbacks: Callbacks;
}

interface Done {
  status: number;
  body: unknown;
  /** The leg whose callbacks a late response waits for. */
  leg?: Leg;
  /** Called after the response. */
  afterwards?: () => void;
}

const never = new AbortController().signal;

/** Answers a request, with faults before it is done (refused) or after it (lost, late). */
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
  if (effects.some((effect) => effect.kind === 'vanished')) return dropConnection(request, reply);
  const { status, body, leg, afterwards } = run();
  for (const effect of effects) {
    if (effect.kind !== 'lost' && effect.kind !== 'slow' && effect.kind !== 'after-callback') continue;
    afterwards?.();
    if (effect.kind === 'lost') return dropConnection(request, reply);
    if (effect.kind === 'slow') await exchanges.hold(request.raw, pause(time, effect.seconds, never));
    if (effect.kind === 'after-callback' && leg) await callbacks.answered(leg);
    return reply.code(status).send(body);
  }
  // Twilio dials after it has sent the response.
  if (afterwards) reply.raw.once('finish', afterwards);
  return reply.code(status).send(body);
}

function dropConnection(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.raw.socket.destroy();
  return reply.hijack();
}
