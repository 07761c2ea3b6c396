import { Type } from 'typebox';
import { acts, cards } from '#server/common/enums/demo-payments.ts';
import { requireOwnOrigin } from '#server/platform/auth/origin.ts';
import type { Config } from '#server/platform/config.ts';
import { refuse } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import { StringEnum, TextOrNull } from '#server/platform/schema.ts';
import { DemoFaults, DemoPayments } from '../schema.ts';
import type { StandIn } from '../stripe/port.ts';

const params = Type.Object({ id: Type.String({ maxLength: 100 }) });

/** Registers the stand-in's payments, for its pages and for scripts. */
export async function routes(app: App, config: Pick<Config, 'publicUrl'>, standIn: StandIn): Promise<void> {
  const now = () => ({ payments: standIn.payments(), faults: standIn.faults });
  const shown = { hide: true, response: { 200: DemoPayments } };
  app.get('/dev/payments.json', { schema: shown }, now);
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireOwnOrigin(config.publicUrl));
    actions(scope, standIn, now);
  });
}

function actions(app: App, standIn: StandIn, now: () => DemoPayments): void {
  const shown = { hide: true, response: { 200: DemoPayments } };
  // Null: the card was declined, or the page has ended.
  const next = Type.Object({ next: TextOrNull });
  app.post(
    '/dev/payments/:id/pay',
    {
      schema: { hide: true, params, body: Type.Object({ card: StringEnum(cards) }), response: { 200: next } },
    },
    async ({ params: { id }, body: { card } }) => ({ next: standIn.pay(id, card) }),
  );
  app.post(
    '/dev/payments/:id/acts',
    { schema: { ...shown, params, body: Type.Object({ act: StringEnum(acts) }) } },
    async ({ params: { id }, body: { act } }) => {
      if (!standIn.act(id, act)) throw refuse('not_found');
      return now();
    },
  );
  app.put('/dev/payments/faults', { schema: { ...shown, body: DemoFaults } }, async ({ body }) => {
    Object.assign(standIn.faults, body);
    return now();
  });
  app.post('/dev/payments/kept', { schema: shown }, async () => {
    standIn.sendKept();
    return now();
  });
}
