import { afterAll, describe, expect, test } from 'vitest';
import { linkOf, linkPath } from '../server/requests/answers.ts';
import { sendUsual, tokenFor } from '../server/requests/people.ts';
import { startWithWorld } from '../world.ts';
import { runCommand } from './command.ts';

const { service, world } = await startWithWorld();
afterAll(() => service.drain({ includeLater: true }));

const links = (...given: string[]) => runCommand('links', service.config.databaseUrl, given);
const opens = async (token: string) => (await service.outsider().get(linkPath(token))).status;
const kindsTo = async (requestId: string) => {
  const rows = await service.ctx.sql<{ kind: string }[]>`
    select distinct d.kind from deliveries d left join enquiries e on e.id = d.subject_id
    where d.subject_id = ${requestId} or e.request_id = ${requestId} order by d.kind`;
  return rows.map(({ kind }) => kind);
};

describe('npm run links', () => {
  test('all links of a request end, and the command says of how many people', async () => {
    const request = await sendUsual(service.visitor(), world);
    const token = await linkOf(service, request.id, world.mail.brandt);
    expect(await opens(token)).toBe(200);
    const people = request.enquiries.flatMap(({ deliveries }) => deliveries).length + 1;
    expect(await links('revoke', request.number.toLowerCase())).toEqual({
      code: 0,
      said: `All links of ${request.number} have ended, those of ${people} people. Send new ones with --renew.\n`,
    });
    expect(await opens(token)).toBe(404);
    expect(await kindsTo(request.id)).toEqual(['enquiry', 'link-revoked', 'request-copy']);
  }, 180_000);

  test('with --renew everybody gets a new link by mail', async () => {
    const request = await sendUsual(service.visitor(), world);
    const token = await linkOf(service, request.id, world.mail.brandt);
    const { code, said } = await links('revoke', request.number, '--renew');
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/^All links of QL-.* new ones go to \d+ people\.\n$/),
    ]);
    expect(await opens(token)).toBe(404);
    await service.drain({ includeLater: true });
    expect(await opens(tokenFor(service, world.mail.brandt, 'e'))).toBe(200);
    expect(await kindsTo(request.id)).toContain('link-renewed');
  }, 180_000);

  test('wrong arguments and unknown numbers are named', async () => {
    expect(await links('revoke', 'QL-26-99999')).toEqual({
      code: 1,
      said: 'There is no request or enquiry QL-26-99999.\n',
    });
    const wrong = async (...given: string[]) => {
      const { code, said } = await links(...given);
      expect([code, said.includes('Usage: npm run links')]).toEqual([1, true]);
      return said.split('\n')[0];
    };
    expect(await wrong()).toBe('Usage: npm run links -- revoke <number> [--renew]');
    expect(await wrong('renew', 'QL-26-00001')).toBe('"renew" is not a command: links can be revoked.');
    expect(await wrong('revoke')).toBe('Which request? Its number is in every mail about it.');
    expect(await wrong('revoke', 'QL-26-00001', '--renw')).toBe('There is no option --renw.');
    expect(await wrong('revoke', 'QL-26-00001', 'QL-26-00002')).toBe('Only one request at a time.');
    expect((await links('--help')).code).toBe(0);
  }, 180_000);
});
