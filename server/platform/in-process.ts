import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CallInProcess } from '#server/common/in-process.ts';
import type { App } from './http.ts';
import { jsonCopy } from './json.ts';

/** Contains a secret that is valid for one call, so that clients can't pose as the page renderer. */
const secretHeader = 'x-quoteline-internal';

/** Running calls by secret. */
const calls = new Map<string, { body: unknown; view: object }>();
/** What was read for page views. */
const readForViews = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Returns whether this process's page renderer sent the request. It has checked the origin and the read limit. */
export const isInProcess = (request: FastifyRequest): boolean => callOf(request) !== undefined;

function callOf({ headers }: FastifyRequest) {
  const secret = headers[secretHeader];
  return typeof secret === 'string' ? calls.get(secret) : undefined;
}

export const createCallInProcess =
  (app: App): CallInProcess =>
  async ({ method, url, headers, body, address, view }) => {
    const secret = randomUUID();
    const call: { body: unknown; view: object } = { body: undefined, view };
    calls.set(secret, call);
    try {
      const answer = await app.inject({
        method: method as 'GET',
        url,
        headers: { ...headers, [secretHeader]: secret },
        remoteAddress: address,
        // Serialised, so that body limits and validation are those of HTTP.
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

/** Reads what does not change while a page is rendered: once for all its calls. `what` names it. */
export function oncePerView<T>(request: FastifyRequest, what: string, read: () => Promise<T>): Promise<T> {
  const view = callOf(request)?.view;
  if (!view) return read();
  const known = readForViews.get(view) ?? new Map<string, Promise<unknown>>();
  readForViews.set(view, known);
  const found = known.get(what) ?? read();
  known.set(what, found);
  return found as Promise<T>;
}

/**
 * Copies answers to in-process calls instead of serialising them, so that pages can't change a feature's objects.
 * `check` also runs the serialiser, which validates the schema.
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
