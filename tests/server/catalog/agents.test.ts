import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { responsibleAgents } from '#server/vendors/service.ts';
import { start, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';

describe('the agents who are responsible for offers', () => {
  let service: TestService;
  let world: World;
  beforeAll(async () => {
    service = await start();
    world = await createWorld(service.ctx.db);
  });
  afterAll(() => service.end());

  const namesOf = async (offer: keyof World['offers']) =>
    (await responsibleAgents(service.ctx.db, [Number(world.offers[offer])])).map((agent) => agent.name);

  test('agents are found by any category above the product and by the product itself', async () => {
    expect(await namesOf('sensorSever')).toEqual(['Milan Petrović']);
    expect(await namesOf('motorSever')).toEqual(['Milan Petrović', 'Ivana Kostić']);
  });

  test('agents belong to the vendor of the offer', async () => {
    expect(await namesOf('sensorBrandt')).toEqual(['Katrin Vogel']);
    expect(await namesOf('sensorWisla')).toEqual(['Agnieszka Nowak']);
  });

  test('an offer may have no agent', async () => {
    expect(await namesOf('cableWisla')).toEqual([]);
    expect(await namesOf('relayMute')).toEqual([]);
  });

  test('agents come with address, language and kind, sales first, in one statement', async () => {
    const offerIds = [world.offers.motorSever, world.offers.sensorBrandt].map(Number);
    let agents: Awaited<ReturnType<typeof responsibleAgents>> = [];
    const statements = await service.countStatements(async () => {
      agents = await responsibleAgents(service.ctx.db, offerIds);
    });
    expect(statements).toBe(1);
    expect(agents.map(({ offerId, kind, email, locale }) => ({ offerId, kind, email, locale }))).toEqual([
      { offerId: Number(world.offers.sensorBrandt), kind: 'sales', email: world.mail.katrin, locale: 'en' },
      { offerId: Number(world.offers.motorSever), kind: 'sales', email: world.mail.milan, locale: 'sr' },
      { offerId: Number(world.offers.motorSever), kind: 'support', email: world.mail.ivana, locale: 'sr' },
    ]);
  });

  test('no statement is needed for no offers', async () => {
    expect(await service.countStatements(() => responsibleAgents(service.ctx.db, []))).toBe(0);
  });
});
