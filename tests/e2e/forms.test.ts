import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, type TestService } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { tokenFor, sendUsual, jana } from '../server/requests/people.ts';

/** Pages over HTTP: what a browser never sends, and anybody can. */
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

test('every form takes any characters in any field without an error of the server', async () => {
  const fields = await fieldNames();
  expect(fields.length).toBeGreaterThan(30);
  const wrong: string[] = [];
  for (const target of await formTargets()) {
    for (const sign of ['', 'ж', '\r\nx: y', '\u2028', '🙂', '%FF', '\u0000', '"<>', '\uD800']) {
      const form = new URLSearchParams(fields.map((field) => [field, sign]));
      const { status, headers } = await fetch(service.url + target, {
        ...{ method: 'POST', redirect: 'manual', headers: own(), body: form },
      });
      if (status >= 500 || headers.has('x')) wrong.push(`${target} with ${JSON.stringify(sign)}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
}, 300_000);

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
