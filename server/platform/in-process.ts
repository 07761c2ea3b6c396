import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CallInProcess } from '#server/common/in-process.ts';
import type { App } from './http.ts';
import { jsonCopy } from './json.ts';

/** Holds the secret of one call, which nobody outside the process can know; it is worth nothing after the call. */
const secretHeader = 'x-quoteline-internal';

/** The calls under way, by their secrets. */
const calls = new Map<string, { body: unknown }>();

/** Returns whether the page renderer of this process sent the request; it has checked the origin and counted the visit. */
export const isInProcess = (request: FastifyRequest): boolean => callOf(request) !== undefined;

function callOf({ headers }: FastifyRequest) {
  const secret = headers[secretHeader];
  return typeof secret === 'string' ? calls.get(secret) : undefined;
}

export const createCallInProcess =
  (app: App): CallInProcess =>
  async ({ method, url, headers, body, address }) => {
    const secret = randomUUID();
    const call = { body: undefined };
    calls.set(secret, call);
    try {
      const answer = await app.inject({
        method: method as 'GET',
        url,
        headers: { ...headers, [secretHeader]: secret },
        remoteAddress: address,
        // As text, so that limits and checks of bodies are those of HTTP.
        ...(body !== undefined && { payload: body as object }),
      });
      return {
        status: answer.statusCode,
        body: call.body,
        cookies: [answer.headers['set-cookie'] ?? []].flat(),
      };
    } finally {
      calls.delete(secret);
    }
  };

/**
 * Keeps answers to calls in process from being serialised and copies them instead: what a page does with an answer
 * must not reach what a feature keeps in memory. `check` runs the serialiser nevertheless, which checks the schema.
 */
export function handOverInProcess(app: App, { check }: { check: boolean }): void {
  app.addHook('preSerialization', (request, reply, payload, done) => {
    const call = callOf(request);
    if (call) {
      reply.serializer((answer) => {
        if (check)
          reply.getSerializationFunction(String(reply.statusCode))?.(answer as Record<string, unknown>);
        call.body = jsonCopy(answer);
        return '';
      });
    }
    done(null, payload);
  });
}
