import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { start } from '../../harness.ts';
import { postSigned } from '../calls/signed.ts';
import { telephoneAccount } from '../../telephony.ts';

const service = await start({
  leaveJobs: true,
  env: {
    TWILIO_ACCOUNT_SID: telephoneAccount.accountSid,
    TWILIO_AUTH_TOKEN: telephoneAccount.authToken,
    TWILIO_FROM: telephoneAccount.from,
    PUBLIC_URL: 'https://quoteline.test',
    LIMIT_BAD_LINKS_PER_MINUTE: '5',
    METRICS_TOKEN: 'token',
  },
});
afterAll(() => service.end());
const { publicUrl } = service.config;
const leg = '0199aaaa-0000-7000-8000-000000000000';

/** Sends a request with any header, also Host, which fetch sets itself. */
async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(service.url + path, { method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

async function sendRaw(text: string): Promise<string> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

async function counted(kind: string): Promise<number> {
  const { body } = await service.outsider().request<string>('GET', '/metrics', undefined, {
    authorization: 'Bearer token',
  });
  return Number(new RegExp(`security_events_total\\{kind="${kind}"\\} (\\d+)`).exec(body)?.[1] ?? 0);
}

describe('the host of a request', () => {
  test.each([
    'evil.test',
    'quoteline.test.evil.test',
    'quoteline.test:81',
    'a.quoteline.test',
    '127.0.0.1.evil.test',
  ])('a request for %s is refused', async (host) => {
    const answer = await send('GET', '/api/categories', { host });
    expect([answer.status, answer.body]).toEqual([421, expect.stringContaining('unknown_host')]);
  });

  test.each(['quoteline.test', 'QUOTELINE.test', 'localhost:3000', '127.0.0.1', '[::1]:80'])(
    'a request for %s is answered',
    async (host) => expect((await send('GET', '/api/categories', { host })).status).toBe(200),
  );

  test('probes of health may ask by any name', async () => {
    for (const path of ['/livez', '/readyz'])
      expect((await send('GET', path, { host: '10.0.0.7' })).status).toBe(200);
  });
});

test.each([
  ['our host on http', { origin: 'http://quoteline.test', host: 'quoteline.test' }],
  ['another scheme', { origin: 'httpx://quoteline.test', host: 'quoteline.test' }],
  ['another port', { origin: 'https://quoteline.test:8443', host: 'quoteline.test' }],
  [
    'another origin with forged fetch metadata',
    { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' },
  ],
])('a change from %s is refused', async (_case, headers) => {
  const answer = await send('POST', '/api/solutions', headers);
  expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('foreign_origin')]);
});

test('a page on a loopback address may change things, with the metadata of its browser', async () => {
  const { host } = new URL(service.url);
  const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
  expect((await send('POST', '/api/account/logout', headers)).status).toBe(204);
  expect((await send('POST', '/api/account/logout', { host, origin: `http://${host}` })).status).toBe(403);
});

test('every answer forbids frames, sniffing and plain http', async () => {
  for (const path of [
    '/api/categories',
    '/api/docs/',
    '/api/docs/static/swagger-ui.css',
    '/api/nothing',
    '/livez',
  ]) {
    const { headers } = await send('GET', path, {});
    expect(headers['strict-transport-security'], path).toBe('max-age=31536000; includeSubDomains');
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
  }
});

test('header fields that are too large, and what is no HTTP, get a problem like all others', async () => {
  const large = await sendRaw(
    `GET /api/categories HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(70_000)}\r\n\r\n`,
  );
  expect(large).toMatch(/^HTTP\/1\.1 431 [^]*application\/problem\+json[^]*"code":"headers_too_large"/);
  expect(await sendRaw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"malformed"/);
});

test('malformed links are answered like wrong ones, until somebody tries too many', async () => {
  for (const token of ['%ZZ', 'a'.repeat(600), 'a%00b'])
    for (const kind of ['enquiry-links', 'follow'])
      expect((await send('GET', `/api/${kind}/${token}`, {})).body, token).toContain('"link_not_valid"');
  const statuses: number[] = [];
  for (let times = 0; times < 12; times += 1)
    statuses.push((await send('GET', `/api/follow/${'A'.repeat(54)}`, {})).status);
  expect(statuses).toContain(404);
  expect(statuses.at(-1)).toBe(429);
  expect(await counted('link_forged')).toBeGreaterThan(0);
  expect(await counted('limit_hit')).toBeGreaterThan(0);
});

describe('a webhook of Twilio', () => {
  const to = { url: service.url, publicUrl };
  test('a signed form with characters that the database can’t store is taken', async () => {
    const answer = await postSigned(to, `/webhooks/twilio/status/${leg}`, {
      CallSid: 'CA\u0000\uD800',
      CallStatus: 'ringing',
    });
    expect(answer.status).toBeLessThan(500);
  });

  test('JSON is refused, also with the signature of an empty form', async () => {
    const path = `/webhooks/twilio/status/${leg}`;
    // The signature is right: the same one lets the empty form pass.
    expect((await postSigned(to, path, {})).status).toBeLessThan(300);
    const signature = webhooks.getExpectedTwilioSignature(telephoneAccount.authToken, publicUrl + path, {});
    const answer = await fetch(service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-twilio-signature': signature },
      body: '{}',
    });
    expect(answer.status).toBe(415);
  });

  test('an unsigned webhook is counted', async () => {
    const before = await counted('webhook_unsigned');
    await fetch(`${service.url}/webhooks/twilio/fallback`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    });
    expect(await counted('webhook_unsigned')).toBe(before + 1);
  });
});

test('failed logins and foreign changes are counted', async () => {
  const before = [await counted('login_failed'), await counted('foreign_origin')];
  await service.visitor().post('/api/account/login', { email: 'x@y.example', password: 'guess' });
  await service.outsider().post('/api/solutions', {});
  expect([await counted('login_failed'), await counted('foreign_origin')]).toEqual(before.map((n) => n + 1));
});

test('a line of the security log names the event, the address and a hash of the subject, and no secret', async () => {
  const warn = vi.spyOn(service.app.log, 'warn');
  onTestFinished(() => warn.mockRestore());
  const visitor = service.visitor();
  const guess = (email: string) => visitor.post('/api/account/login', { email, password: 'a secret guess' });
  for (const email of ['Ana@log.example', 'ana@log.example', 'boris@log.example']) await guess(email);
  const token = 'B'.repeat(54);
  await visitor.get(`/api/follow/${token}`);
  await service.outsider().post('/api/solutions', {});
  const lines = warn.mock.calls.filter(([, words]) => String(words) === 'security event');
  const address = '127.0.0.1';
  const hash = expect.stringMatching(/^[\w-]{16}$/);
  expect(lines.map(([line]) => line)).toEqual([
    { security: 'login_failed', address, subject: hash },
    { security: 'login_failed', address, subject: hash },
    { security: 'login_failed', address, subject: hash },
    { security: expect.stringMatching(/^(link_forged|limit_hit)$/), address },
    { security: 'foreign_origin', address },
  ]);
  // One person's guesses can be told from another's.
  const [first, second, third] = lines.map(([line]) => (line as { subject?: string }).subject);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(JSON.stringify(warn.mock.calls)).not.toMatch(/log\.example|a secret guess|B{54}/i);
});
