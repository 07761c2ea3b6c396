import type { Db } from '#db/client.ts';
import * as admission from '#server/admission/service.ts';
import { Refusal } from '#server/platform/errors.ts';
import { stillClock, type TestService } from '../../harness.ts';
import { startWithWorld, type World } from '../../world.ts';
import { addCall, addBuyer } from '../desk/desks.ts';

export const account = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 't', TWILIO_FROM: '+38111222333' };

/** A service with a Twilio account that nothing answers, as admission comes before any call. */
interface AdmissionSetup {
  service: TestService;
  world: World;
  buyerId: string;
  /** Makes an attempt and returns `admitted`, `confirmed` or the code of the refusal. */
  attempt(about?: Partial<admission.Attempt>, start?: (tx: Db) => Promise<unknown>): Promise<string>;
  /** Returns a phone number, another each time. */
  newPhone(): string;
  /** Adds a live call of sever. */
  addLive(about?: { phone?: string; buyerId?: string }): Promise<string>;
}

export async function setUpAdmission(env: Record<string, string> = {}): Promise<AdmissionSetup> {
  const { service, world } = await startWithWorld({ env: { ...account, ...env }, clock: stillClock() });
  const { ctx } = service;
  const buyerId = await addBuyer(ctx.db);
  let count = 0;
  const newPhone = () => `+420601${String((count += 1)).padStart(6, '0')}`;
  return {
    ...{ service, world, buyerId, newPhone },
    async attempt(about = {}, run = async () => {}) {
      const vendorId = Number(world.vendors.sever);
      const whole = {
        purpose: 'call',
        phone: newPhone(),
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
        { phone: newPhone(), ...about },
        [],
      ),
  };
}

/** Returns the recorded refusals, each also as the text of its event. */
export async function refusals(
  service: TestService,
): Promise<{ reason: string; country: string | null; text: string }[]> {
  return service.ctx.sql`
    select payload ->> 'reason' as reason, payload ->> 'country' as country, payload::text as text
    from events where name = 'call.refused' order by id`;
}
