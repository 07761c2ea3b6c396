import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepDay } from '#server/rates/service.ts';
import { start, type TestService } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { logIn } from '../server/presence/staff.ts';
import { answer, dayFrom, linkOf } from '../server/requests/answers.ts';
import { assemble, jana, sendUsual, tokenFor, type WantedLine } from '../server/requests/people.ts';

/** Pages over HTTP, without a browser: what they show, and what a browser never sends and anybody can. */
const routes = join(import.meta.dirname, '../../web/src/routes');
let service: TestService;
let world: World;
let paths: Record<string, string>;
beforeAll(async () => {
  service = await start({ pages: true });
  world = await createWorld(service.ctx.db);
  await sendUsual(service.visitor(), world);
  await service.drain();
  paths = {
    '/e/[token]': `/e/${tokenFor(service, world.mail.brandt, 'e')}`,
    '/f/[token]': `/f/${tokenFor(service, jana.email, 'f')}`,
    '/p/[id]/[[slug]]': `/p/${world.products.motor}/x`,
    '/requests/[id]': '/requests/0199aaaa-0000-7000-8000-000000000000',
    '/partners/[slug]': '/partners/x',
  };
});
afterAll(async () => {
  await service.drain({ includeLater: true });
  await service.end();
});

/** Headers of a browser: a page that an action shows again is rendered, too. */
const own = () => ({ origin: service.config.publicUrl, accept: 'text/html' });

/** Returns the URL of every action of every page, and of every endpoint that takes a form. */
async function formTargets(): Promise<string[]> {
  const files = (await readdir(routes, { recursive: true })).filter((file) =>
    /\+(page\.)?server\.ts$/.test(file),
  );
  const targets = await Promise.all(
    files.map(async (file) => {
      const source = await readFile(join(routes, file), 'utf8');
      const route = `/${relative('.', file)}`.replace(/\/\+[^/]*$/, '').replace(/\/\([^)]*\)/g, '') || '/';
      const path = paths[route] ?? route;
      if (/export const POST\b/.test(source)) return [path];
      const [, block = ''] = /export const actions[^=]*=\s*([^]*)/.exec(source) ?? [];
      if (!block) return [];
      const names = [...block.matchAll(/^ {2}(?:async )?(\w+)\s*[:(,]/gm)].map(([, name]) => name ?? '');
      return names.length === 0
        ? [path]
        : names.map((name) => (name === 'default' ? path : `${path}?/${name}`));
    }),
  );
  return targets.flat();
}

/** Returns the names of fields in the sources of pages, and some that are made there. */
async function fieldNames(): Promise<string[]> {
  const sources = join(routes, '..');
  const names = ['codes', 'do', 'lines.0.unitPrice', 'lines.0.shown', 'lines.0.was', 'lines.0.decision'];
  for (const file of await readdir(sources, { recursive: true })) {
    if (!file.endsWith('.svelte')) continue;
    const source = await readFile(join(sources, file), 'utf8');
    names.push(...[...source.matchAll(/\bname="([\w.]+)"/g)].map(([, name]) => name ?? ''));
  }
  return [...new Set(names)];
}

const bodies: [string, string | undefined, string][] = [
  ['application/json', 'application/json', '{}'],
  ['text', 'text/plain', 'a=b'],
  ['nothing', undefined, ''],
  ['multipart without boundary', 'multipart/form-data', 'a'],
  ['broken multipart', 'multipart/form-data; boundary=x', '--x\r\nnonsense'],
  [
    'multipart cut short',
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb',
  ],
  ['an unknown type', 'image/png', 'a'],
];

test('every form answers 4xx to every body that is no form', async () => {
  const targets = await formTargets();
  expect(targets.length).toBeGreaterThan(15);
  const wrong: string[] = [];
  for (const target of targets) {
    for (const [name, type, body] of bodies) {
      const { status } = await fetch(service.url + target, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...own(), ...(type ? { 'content-type': type } : {}) },
        body: Buffer.from(body),
      });
      if (status < 400 || status >= 500) wrong.push(`${target} with ${name}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
}, 300_000);

const signs = ['', 'ж', '\r\nx: y', '\u2028', '🙂', '%FF', '\u0000', '"<>', '\uD800'];

test('every form takes any characters in any field without an error of the server', async () => {
  const fields = await fieldNames();
  expect(fields.length).toBeGreaterThan(30);
  const wrong: string[] = [];
  for (const target of await formTargets()) {
    for (const sign of signs) {
      const form = new URLSearchParams(fields.map((field) => [field, sign]));
      const { status, headers } = await fetch(service.url + target, {
        ...{ method: 'POST', redirect: 'manual', headers: own(), body: form },
      });
      if (status >= 500 || headers.has('x')) wrong.push(`${target} with ${JSON.stringify(sign)}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
}, 300_000);

test('a form that changes nothing leads back to its line, whatever characters name the line', async () => {
  for (const sign of signs) {
    const body = new URLSearchParams({ line: sign, quantity: '1', 'was-quantity': '1' });
    const { status, headers } = await fetch(`${service.url}/solution?/save`, {
      ...{ method: 'POST', redirect: 'manual', headers: own(), body },
    });
    const anchor = encodeURIComponent(`line-${body.get('line') ?? ''}`);
    expect([status, headers.get('location'), headers.get('x')]).toEqual([303, `/solution#${anchor}`, null]);
  }
});

test('pages print addresses of PUBLIC_URL alone, and only its own host gets them', async () => {
  const page = await fetch(`${service.url}/`);
  const html = await page.text();
  expect(html).toContain('<link rel="canonical" href="http://quoteline.test/"');
  expect(html).not.toContain(new URL(service.url).host);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const asset = /_app\/immutable\/[^"')]+\.(?:css|js)/.exec(html)?.[0];
  const file = await fetch(`${service.url}/${asset}`);
  expect([file.status, file.headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
  for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
    const foreign = await fetch(`${service.url}/preferences`, {
      ...{ method: 'POST', headers: { origin: 'https://evil.test', 'content-type': type }, body: '{}' },
    });
    expect(foreign.status).toBe(403);
  }
  const broken = await fetch(`${service.url}/e/%ZZ`);
  expect(broken.status).toBe(404);
});

test('everything is compressed but what mixes a link with others’ words', async () => {
  const encoding = async (path: string) =>
    (await fetch(service.url + path, { headers: { 'accept-encoding': 'gzip' } })).headers.get(
      'content-encoding',
    );
  expect([await encoding('/'), await encoding('/api/products')]).toEqual(['gzip', 'gzip']);
  const { '/e/[token]': answer = '', '/f/[token]': follow = '' } = paths;
  const token = follow.split('/').at(-1);
  expect([await encoding(answer), await encoding(follow), await encoding(`/api/follow/${token}`)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('an answer page offers no change of its own link, and a refused change of another is told at the links', async () => {
  const { '/e/[token]': answer = '' } = paths;
  const detail = (html: string) => /<details[^>]*id="links"[^]*?<\/details>/.exec(html)?.[0] ?? '';
  const links = detail(await (await fetch(service.url + answer)).text());
  expect(links).toContain('Send Katrin Vogel a new link');
  expect(links.match(/name="deliveryId"/g)).toHaveLength(2);
  const deliveryId = '0199aaaa-0000-7000-8000-000000000000';
  const body = new URLSearchParams({ deliveryId, currency: 'EUR', message: 'Kept' });
  const headers = { ...own(), accept: 'text/html' };
  const refused = await fetch(`${service.url}${answer}?/revoke`, { method: 'POST', headers, body });
  const html = await refused.text();
  expect(refused.status).toBe(404);
  expect(html).toContain('Kept');
  expect(detail(html)).toMatch(/<details[^>]* open/);
  expect(detail(html)).toContain('role="alert"');
});

/** Returns the HTML of a page in English, or of what its action shows; amounts are in euro, too. */
async function htmlOf(path: string, fields?: Record<string, string>): Promise<string> {
  const answered = await fetch(service.url + path, {
    headers: { ...own(), cookie: 'currency=EUR' },
    ...(fields ? { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) } : {}),
  });
  return answered.text();
}
const headingOf = (html: string) => /<h1[^>]*>([^]*?)<\/h1>/.exec(html)?.[1]?.trim();
const valueOf = (html: string, name: string) =>
  new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)?.[0].match(/ value="([^"]*)"/)?.[1];

/** Sends a request of a buyer whose only mail is its copy. */
async function sendApart(email: string, lines?: WantedLine[], more = {}) {
  const request = await sendUsual(service.visitor(), world, lines, { contact: { ...jana, email }, ...more });
  await service.drain();
  const tokenOf = (address: string) => linkOf(service, request.id, address);
  return { tokenOf, follow: `/f/${tokenFor(service, email, 'f')}` };
}

/** Sends an order of two motors; returns the paths of its pages, and the fields that answer it. */
async function orderMotors(email: string) {
  const more = { kind: 'order', message: 'Ring the bell twice.' };
  const { tokenOf, follow } = await sendApart(email, [{ product: 'motor', quantity: 2 }], more);
  const fields = (decision: string, price: string) => ({
    ...{ currency: 'RSD', validUntil: dayFrom(service, 30), version: '0' },
    ...{ 'lines.0.decision': decision, 'lines.0.quantity': '2', 'lines.0.unitPrice': price },
  });
  return { partner: `/e/${await tokenOf(world.mail.sever)}`, follow, fields };
}

test('the pages of an order say that it is one, until its partner confirms it', async () => {
  const { partner, follow, fields } = await orderMotors('first@buyer.example');
  const asked = await htmlOf(partner);
  expect(headingOf(asked)).toBe('Order from Morava Pack');
  expect(asked).toContain('Confirm by');
  expect(asked).not.toContain('Answer by');
  // Also on a phone, where what comes first is above the lines.
  expect(asked).toMatch(/Ring the bell twice\.[^]*<form id="answer-form"/);
  expect(headingOf(await htmlOf(follow))).toBe('Order sent');
  await htmlOf(`${partner}?/answer`, { ...fields('confirm', '52000.00'), checked: 'yes' });
  expect(headingOf(await htmlOf(follow))).toBe('Order confirmed');
});

test('an answer is shown once more with its unusual prices and with lines that can be confirmed instead', async () => {
  const { partner, fields } = await orderMotors('second@buyer.example');
  const far = await htmlOf(`${partner}?/answer`, fields('offer', '5.20'));
  expect(far).toContain('Check your answer');
  expect(far).toContain('Line 1 has an unusual price. Check it before you send.');
  const same = await htmlOf(`${partner}?/answer`, fields('offer', '52000.00'));
  expect(same).not.toContain('unusual price');
  expect(same).toContain('You changed nothing in line 1. Confirm it instead?');
  expect(same).toMatch(/<button[^>]*formaction="\?\/confirmUnchanged"[^>]*>[^]*?Confirm instead/);
  const confirmed = await htmlOf(`${partner}?/confirmUnchanged`, fields('offer', '52000.00'));
  expect(confirmed).toContain('Check your answer');
  expect(confirmed).not.toContain('Confirm instead');
  expect(valueOf(confirmed, 'lines.0.decision')).toBe('confirm');
});

test('a message without words is refused at its field, and corrections of a sent answer stay', async () => {
  const { partner, fields } = await orderMotors('third@buyer.example');
  for (const [version, price] of ['51000.00', '50500.00'].entries())
    await htmlOf(`${partner}?/answer`, { ...fields('offer', price), version: `${version}`, checked: 'yes' });
  expect(valueOf(await htmlOf(`${partner}?sent=2`), 'lines.0.unitPrice')).toBe('50500.00');
  const html = await htmlOf(`${partner}?/message`, {
    ...fields('offer', '49999.00'),
    version: '2',
    text: '',
  });
  expect(valueOf(html, 'lines.0.unitPrice')).toBe('49999.00');
  const thread = /<section[^>]*id="thread"[^]*?<\/section>/.exec(html)?.[0] ?? '';
  expect(/<textarea[^>]*name="text"[^>]*>/.exec(thread)?.[0]).toContain('aria-invalid="true"');
  expect(thread).toContain('Fill in this field.');
});

test('amounts in another currency come with a warning once their rates are older than four days', async () => {
  const { tokenOf, follow } = await sendApart('fourth@buyer.example');
  for (const address of [world.mail.sever, world.mail.brandt])
    expect((await answer(service.outsider(), await tokenOf(address))).status).toBe(201);
  // Without the sum at the end of the comparison, which keeps the rates of its day.
  const notes = [/Prices are compared in [^]*?<\/p>/, /“About” amounts are converted to [^]*?<\/p>/];
  const motor = `/p/${world.products.motor}/servo-motor-0-75-kw`;
  const read = async () => [await htmlOf(follow), await htmlOf(motor)];
  const isOld = async () =>
    (await read()).map((html, nth) => notes[nth]?.exec(html)?.[0].includes('more than four days old'));
  expect(await isOld()).toEqual([true, true]);
  const date = service.clock.now().toISOString().slice(0, 10);
  await keepDay(service.ctx, { source: 'test', date, rates: new Map([['RSD', '118']]) });
  expect(await isOld()).toEqual([false, false]);
});

test('the home page shows a returning buyer their open work, and says when nobody can talk', async () => {
  const buyer = service.visitor();
  const home = async () => (await buyer.request<string>('GET', '/', undefined, own())).body;
  expect(await home()).not.toContain('Your open work');
  await sendUsual(buyer, world);
  await assemble(buyer, world, [{ product: 'motor', quantity: 1 }]);
  const html = await home();
  for (const words of ['Your open work', '1 line, not sent yet', '1 open request', 'Nobody can talk'])
    expect(html).toContain(words);
  // Nobody but the demo has invented partners.
  expect(html).not.toContain('This is a demo');
});

test('a desk at which nothing waits is one line', async () => {
  const [agent] = await service.ctx.sql<{ id: string }[]>`
    insert into agents (vendor_id, name, email, kind, phone)
    values (${world.vendors.mute}, 'New Agent', 'new@mute.example', 'sales', '+43123456789') returning id`;
  const desk = await logIn(service, {
    ...{ email: 'new@mute.example', name: 'New Agent', role: 'agent', locale: 'en' },
    ...{ vendorId: Number(world.vendors.mute), agentId: Number(agent?.id) },
  });
  const { body } = await desk.request<string>('GET', '/agent', undefined, own());
  const main = /<div class="desk-grid__main[^]*?(?=<aside)/.exec(body)?.[0] ?? '';
  expect(main.replace(/<[^>]*>/g, '').trim()).toBe(
    'Nothing waits for you. Calls, call-backs and open requests appear here.',
  );
});
