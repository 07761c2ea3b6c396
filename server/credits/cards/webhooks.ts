import type { Context } from '#server/context.ts';
import { paymentEventOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { receive } from './receiving.ts';

const bodyLimit = 512 * 1024;

/** Registers where Stripe posts what has happened. It is answered once that is kept, so what isn't comes again. */
export function webhookRoutes(app: App, ctx: Context): void {
  // The signature is of the bytes, so they are kept as they came.
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (_, body, done) =>
    done(null, body),
  );
  const schema = { hide: true, operationId: 'receivePaymentEvent' };
  app.post('/webhooks/stripe', { bodyLimit, schema }, async (request, reply) => {
    await receive(ctx, paymentEventOf(request));
    return reply.code(204).send();
  });
}
