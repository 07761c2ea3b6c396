import { get } from 'node:http';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unsentDeliveries } from '#server/platform/health.ts';
import { start, type TestService } from '../../harness.ts';

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.end());

/** Requests the metrics with exactly these headers, even `Host`, which `fetch` doesn't let us choose. */
function metrics(
  headers: Record<string, string>,
  at: TestService = service,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    get(`${at.url}/metrics`, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    }).on('error', reject);
  });
}

describe('the metrics without a token', () => {
  test.each(['127.0.0.1:9100', '127.0.0.1', 'localhost', 'LOCALHOST:3000', '[::1]:3000', '127.3.2.1'])(
    'a client on loopback that asks %s gets the metrics',
    async (host) => {
      const { status, text } = await metrics({ host });
      expect(status).toBe(200);
      expect(text).toContain('quoteline_jobs');
    },
  );

  test.each([
    'quoteline.example',
    'quoteline.example:443',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost:3000@evil.example',
    '10.0.0.1',
    '[::2]',
  ])('a request for %s, as through a local proxy, is refused', async (host) => {
    expect((await metrics({ host })).status).toBe(404);
  });

  test.each([
    'X-Forwarded-For',
    'X-Forwarded-Proto',
    'X-Forwarded-Host',
    'Forwarded',
    'X-Real-IP',
    'X-Client-IP',
    'Via',
    'CF-Connecting-IP',
    'True-Client-IP',
  ])('a request with %s is refused whatever its value', async (name) => {
    expect((await metrics({ host: 'localhost', [name]: '127.0.0.1' })).status).toBe(404);
  });
});

test('the metrics count mails that are not sent by an index, and jobs by what the queue counted', async () => {
  const { db } = service.ctx;
  await db.execute(sql`
    insert into deliveries (kind, dedupe_key, subject_type, subject_id, role, to_email, to_name, locale, message_id,
      decided_at, status, status_at)
    select 'test', n::text, 'test', uuidv7(), 'buyer', 'a@b.example', '', 'en', n::text, now(),
      (array['sent', 'sent', 'queued', 'failed'])[n % 4 + 1], now()
    from generate_series(1, 8) as n`);
  const { text } = await metrics({ host: 'localhost' });
  const shown = text.split('\n').filter((line) => line.startsWith('quoteline_deliveries{'));
  expect(shown.sort()).toEqual([
    'quoteline_deliveries{status="failed"} 2',
    'quoteline_deliveries{status="queued"} 2',
  ]);
  for (const state of ['active', 'deferred', 'failed', 'ready'])
    expect(text).toMatch(new RegExp(`quoteline_jobs\\{state="${state}"\\} \\d+`));
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    const plan = await tx.execute<{ 'QUERY PLAN': string }>(sql`explain ${unsentDeliveries}`);
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('deliveries_unsent');
  });
});

test('only the token gives access to the metrics once one is configured', async () => {
  const guarded = await start({ env: { METRICS_TOKEN: 'a token for figures' } });
  try {
    const authorization = 'Bearer a token for figures';
    const proxied = { host: 'quoteline.example', 'x-forwarded-for': '192.0.2.1' };
    expect((await metrics({ ...proxied, authorization }, guarded)).status).toBe(200);
    expect((await metrics({ host: 'localhost' }, guarded)).status).toBe(404);
    for (const wrong of [
      'Bearer another',
      'Bearer ',
      authorization.toLowerCase(),
      `${authorization} `.trimStart() + 'x',
    ])
      expect((await metrics({ host: 'localhost', authorization: wrong }, guarded)).status).toBe(404);
  } finally {
    await guarded.end();
  }
});
