import type { ServerResponse } from 'node:http';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { requireOwnOrigin } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import {
  BehaviourBody,
  HolderBody,
  type KnownNumber,
  Phone,
  Phones,
  type PhonesNow,
  PressBody,
} from '../schema.ts';
import type { Switchboard } from './switchboard.ts';

const Params = Type.Object({ number: Type.String({ pattern: '^\\+[1-9]\\d{6,14}$' }) });
const heartbeatMs = 20_000;
// Limits the memory per page that doesn't read.
const mostUnreadBytes = 1024 * 1024;

/** Registers the demo's phones, for its page and for scripts. */
export async function routes(
  app: App,
  { config }: Pick<Context, 'config'>,
  board: Switchboard,
  known: () => Promise<KnownNumber[]>,
): Promise<void> {
  const hidden = { hide: true };
  app.get('/dev/phones.json', { schema: { ...hidden, response: { 200: Phones } } }, async () => ({
    ...board.now(),
    known: await known(),
  }));
  events(app, board);
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireOwnOrigin(config.publicUrl));
    actions(scope, board);
  });
}

/** Registers the actions on a phone. Each returns its new state. */
function actions(app: App, board: Switchboard): void {
  const schema = { hide: true, params: Params, response: { 200: Phone } };
  for (const action of ['open', 'close'] as const) {
    app.post(
      `/dev/phones/:number/${action}`,
      { schema: { ...schema, body: Type.Union([HolderBody, Type.Null()]) } },
      async ({ params, body }) => {
        board[action](params.number, body?.holder);
        return board.phone(params.number);
      },
    );
  }
  for (const action of ['answer', 'reject', 'hangUp'] as const) {
    app.post(`/dev/phones/:number/${action.toLowerCase()}`, { schema }, async ({ params }) => {
      board[action](params.number);
      return board.phone(params.number);
    });
  }
  app.post(
    '/dev/phones/:number/press',
    { schema: { ...schema, body: PressBody } },
    async ({ params, body }) => {
      board.press(params.number, body.digits);
      return board.phone(params.number);
    },
  );
  app.post(
    '/dev/phones/:number/persona',
    { schema: { ...schema, body: BehaviourBody } },
    async ({ params, body }) => {
      board.behave(params.number, body);
      return board.phone(params.number);
    },
  );
}

/** Registers the server-sent events, which send the whole state at first and after each change. */
function events(app: App, board: Switchboard): void {
  const streams = new Set<ServerResponse>();
  app.get('/dev/phones/events', { schema: { hide: true, querystring: HolderBody } }, (request, reply) => {
    reply.hijack();
    const stream = reply.raw;
    stream.setHeader('content-type', 'text/event-stream');
    stream.writeHead(200, { 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    streams.add(stream);
    const send = (text: string) => {
      if (stream.writableLength > mostUnreadBytes) stream.destroy();
      else stream.write(text);
    };
    const sendState = (now: PhonesNow) => send(`event: phones\ndata: ${JSON.stringify(now)}\n\n`);
    const leave = board.listen(request.query.holder, sendState);
    const heartbeat = setInterval(() => send(': here\n\n'), heartbeatMs);
    stream.once('close', () => {
      clearInterval(heartbeat);
      streams.delete(stream);
      leave();
    });
  });
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });
}
