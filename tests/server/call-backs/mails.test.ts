import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withoutNumber } from '#server/call-backs/rules.ts';
import type { Client } from '../../harness.ts';
import type { ReceivedMail } from '../../mail-sink.ts';
import { addNikola } from '../desk/desks.ts';
import { loggedIn } from '../presence/staff.ts';
import { setUpAdmission } from '../admission/setup.ts';

const setup = await setUpAdmission({
  LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '1000',
  LIMIT_CALLS_PER_ADDRESS_DAY: '1000',
});
let milan: Client;
let buyer: Client;
beforeAll(async () => {
  await addNikola(setup.service.ctx.db, setup.world);
  milan = await loggedIn(setup.service, setup.world, 'milan');
});
beforeEach(() => {
  buyer = setup.service.visitor();
  setup.service.mail.received.length = 0;
});
afterEach(async () => {
  await setup.service.drain();
  await setup.service.ctx.sql`truncate call_backs, limit_counters, mail_suppressions cascade`;
});

const phone = '+420601123456';
const wantedAt = () => new Date(setup.service.clock.now().getTime() + 2 * 36e5).toISOString();

async function requestCallBack(about: object = {}): Promise<string> {
  const { motorSever } = setup.world.offers;
  const body = { offerId: motorSever, kind: 'sales', phone, wantedAt: wantedAt(), name: 'Jana', ...about };
  const answer = await buyer.post('/api/call-backs', body);
  if (answer.status > 201) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
  return answer.body.id as string;
}

const header = (mail: ReceivedMail, name: string) =>
  mail.headers.find(({ key }) => key === name.toLowerCase())?.value;
const addressees = () => setup.service.mail.received.map(({ recipient }) => recipient).toSorted();
const one = (address: string): ReceivedMail => {
  const [mail, ...others] = setup.service.mail.to(address);
  if (!mail || others.length > 0) throw new Error(`${others.length + 1} mails to ${address}`);
  return mail;
};
const nikola = 'nikola@sever.example';
const rows = () =>
  setup.service.ctx.sql<{ status: string; attempts: number; content: object }[]>`
    select status, attempts, content from deliveries order by id`;

describe('the mail about a call-back request', () => {
  test('a call-back request is mailed to each responsible agent of its kind in their language', async () => {
    await requestCallBack({ note: 'About M12\nand cables' });
    await setup.service.drain();
    expect(addressees()).toEqual([setup.world.mail.milan, nikola].toSorted());
    const mail = one(nikola);
    expect(mail.to).toEqual([{ name: 'Nikola Jovanović', address: nikola }]);
    expect(mail.subject).toMatch(/^Call back wanted .*CES?T: MOT-7$/);
    for (const part of [mail.text, mail.html]) {
      for (const said of ['Jana wants to be called back', 'Servo motor 0.75 kW', 'About M12', 'English']) {
        expect(part).toContain(said);
      }
    }
    expect(one(setup.world.mail.milan).subject).toMatch(/^Traži se povratni poziv /);
    expect(one(setup.world.mail.milan).html).toContain('<html lang="sr">');
    expect(one(setup.world.mail.milan).text).toContain('engleski');
  });

  test('the mail names its kind, has a fixed id and date, and belongs to no request', async () => {
    await requestCallBack();
    setup.service.clock.advance(3_600_000);
    await setup.service.drain();
    setup.service.clock.advance(-3_600_000);
    const mail = one(nikola);
    expect(header(mail, 'X-Quoteline-Kind')).toBe('call-back');
    expect(header(mail, 'X-Quoteline-Request')).toBeUndefined();
    expect(header(mail, 'Auto-Submitted')).toBe('auto-generated');
    const [row] = await setup.service.ctx.sql`
      select decided_at from deliveries where message_id = ${mail.messageId ?? ''} and to_email = ${nikola}`;
    expect(Math.floor(row?.decided_at.getTime() / 1000)).toBe(new Date(mail.date ?? '').getTime() / 1000);
  });

  test('the mail links to the desk alone and holds neither the number nor other vendors', async () => {
    await requestCallBack({
      offerId: setup.world.offers.sensorSever,
      name: 'Jana +420601123456',
      note: 'Call 601 123 456 or http://evil.example/x <b>now</b>, not (00420) 601-12-34-56; 24 pieces',
    });
    await setup.service.drain();
    const mail = one(setup.world.mail.milan);
    expect(mail.links).toEqual([`${setup.service.config.publicUrl}/agent`]);
    for (const part of [mail.text ?? '', mail.html ?? '', mail.subject ?? '']) {
      expect(part.match(/https?:\/\//g)?.length ?? 0).toBeLessThanOrEqual(1);
      expect(part).not.toMatch(/6\D?0\D?1\D?1\D?2\D?3\D?4\D?5\D?6/);
      for (const foreign of ['Brandt', 'Wisła', 'BI-100', 'EUR', 'PLN']) expect(part).not.toContain(foreign);
    }
    expect(mail.html).not.toContain('<b>now');
    expect(mail.text).toContain('24 pieces');
  });

  test('a changed request is mailed once per agent, also to agents responsible for the new offer', async () => {
    await requestCallBack({ offerId: setup.world.offers.sensorSever });
    await requestCallBack({ offerId: setup.world.offers.sensorSever, note: 'Rather later' });
    await setup.service.drain();
    expect(addressees()).toEqual([setup.world.mail.milan]);
    await requestCallBack();
    await setup.service.drain();
    expect(addressees()).toEqual([setup.world.mail.milan, nikola].toSorted());
  });

  test('a repeated or refused request mails nobody', async () => {
    const body = { offerId: setup.world.offers.motorSever, kind: 'sales', phone, wantedAt: wantedAt() };
    await buyer.get('/api/solutions/current');
    const key = { 'idempotency-key': 'k' };
    await Promise.all([1, 2, 3].map(() => buyer.post('/api/call-backs', body, key)));
    expect((await setup.service.visitor().post('/api/call-backs', body)).status).toBe(422);
    await setup.service.drain();
    expect(addressees()).toEqual([setup.world.mail.milan, nikola].toSorted());
  });

  test('typed text is deleted once the mail was sent or has bounced', async () => {
    await requestCallBack({ note: 'Private' });
    expect(JSON.stringify(await rows())).toContain('Private');
    setup.service.mail.refuse.set(nikola, 550);
    await setup.service.drain();
    setup.service.mail.refuse.clear();
    const ended = await rows();
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['bounced', 'sent']);
    expect(ended.map(({ content }) => content)).toEqual([{}, {}]);
  });
});

describe('a call-back request that changes before its mail goes out', () => {
  const expectWithdrawn = async () => {
    await setup.service.drain();
    expect(addressees()).toEqual([]);
    expect(await rows()).toMatchObject([
      { status: 'withdrawn', attempts: 0, content: {} },
      { status: 'withdrawn', attempts: 0, content: {} },
    ]);
  };

  test('a request cancelled by its visitor is not mailed', async () => {
    const id = await requestCallBack();
    expect((await buyer.delete(`/api/call-backs/${id}`)).status).toBe(204);
    await expectWithdrawn();
  });

  test('a request closed by an agent is not mailed', async () => {
    const id = await requestCallBack();
    expect((await milan.post(`/api/agent/call-backs/${id}/closing`, {})).status).toBe(204);
    await expectWithdrawn();
  });

  test('a request that a colleague is calling is still mailed', async () => {
    const id = await requestCallBack();
    await setup.service.ctx.sql`update call_backs set status = 'calling' where id = ${id}`;
    await setup.service.drain();
    expect(addressees()).toHaveLength(2);
  });
});

test('the database refuses a delivery without a subject, and one to an agent without that agent', async () => {
  await requestCallBack();
  const { db } = setup.service.ctx;
  for (const change of [
    sql`subject_id = null`,
    sql`subject_type = null`,
    sql`agent_id = null`,
    sql`role = 'buyer'`,
  ]) {
    await expect(db.execute(sql`update deliveries set ${change}`)).rejects.toThrow();
  }
});

test.each([
  ['Call +420 601 123 456 please', 'Call ••• please'],
  ['00420601123456', '•••'],
  ['0601/123-456', '•••'],
  ['Order 2024-11, 601123 pieces', 'Order 2024-11, 601123 pieces'],
  ['1234567', '1234567'],
  ['', ''],
])('the number is masked in the typed text "%s", which becomes "%s"', (typed, kept) => {
  expect(withoutNumber(typed, phone)).toBe(kept);
});

test.each([
  ['tel0641234567', 'tel•••'],
  ['064–123–45–67', '•••'],
  ['064,123,45,67', '•••'],
  ['064:1234567', '•••'],
  ['(064) 123 - 45 - 67, after four', '(•••, after four'],
  ['0641234567x2', '•••x2'],
  ['06412345678', '06412345678'],
  ['064 or 1234567', '064 or •••'],
])('the national number is masked in the typed text "%s", which becomes "%s"', (typed, kept) => {
  expect(withoutNumber(typed, '+381641234567')).toBe(kept);
});
