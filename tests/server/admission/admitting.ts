import type { Db } from '#db/client.ts';
import * as admission from '#server/admission/service.ts';
import { Refusal } from '#server/platform/errors.ts';
import { start, stillClock, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { addCall, addBuyer } from '../desk/desks.ts';

export const account = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 't', TWILIO_FROM: '+38111222333' };

/** The service with an account and nobody at the other end: what is tested here comes before any call. */
export interface Stand {
  service: TestService;
  world: World;
  buyerId: string;
  /** What becomes of an attempt: `admitted`, `confirmed` or the code of the refusal. */
  attempt(about?: Partial<admission.Attempt>, start?: (tx: Db) => Promise<unknown>): Promise<string>;
  /** Another number each time. */
  phone(): string;
  /** A call of the vendor that lives on. */
  addLive(about?: { phone?: string; buyerId?: string }): Promise<string>;
}

export async function stand(env: Record<string, string> = {}): Promise<Stand> {
  const service = await start({ env: { ...account, ...env }, clock: stillClock() });
  const { ctx } = service;
  const world = await createWorld(ctx.db);
  const buyerId = await addBuyer(ctx.db);
  let count = 0;
  const phone = () => `+420601${String((count += 1)).padStart(6, '0')}`;
  return {
    ...{ service, world, buyerId, phone },
    async attempt(about = {}, run = async () => {}) {
      const vendorId = Number(world.vendors.sever);
      const whole = {
        purpose: 'call',
        phone: phone(),
        address: null,
        buyerId,
        vendorId,
        ...about,
      } as const;
      try {
        return await admission.withAdmission(ctx, whole, async (tx, admit) => {
          const { confirmed } = await admit();
          await run(tx);
          return confirmed ? 'confirmed' : 'admitted';
        });
      } catch (error) {
        if (error instanceof Refusal) return error.code;
        throw error;
      }
    },
    addLive: (about = {}) =>
      addCall(
        ctx.db,
        { vendorId: world.vendors.sever, offerId: world.offers.sensorSever, at: service.clock.now() },
        { phone: phone(), ...about },
        [],
      ),
  };
}

/** Returns everything that was recorded of refusals, as text. */
export async function refusals(
  service: TestService,
): Promise<{ reason: string; country: string | null; text: string }[]> {
  return service.ctx.sql`
    select payload ->> 'reason' as reason, payload ->> 'country' as country, payload::text as text
    from events where name = 'call.refused' order by id`;
}
