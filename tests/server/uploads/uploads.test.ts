import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { uploadBytes } from '#server/common/enums/uploads.ts';
import * as uploads from '#server/uploads/service.ts';
import { uploadStore } from '#server/uploads/store.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { logIn } from '../presence/staff.ts';
import { tokenIn } from '../strangers.ts';
import { bytes, pdf, png, sendForm, type TestFile, uploadFile } from './files.ts';
import { dataDir } from './folder.ts';

const { service, world } = await startWithWorld({ env: { DATA_DIR: dataDir } });
let buyer: Client;
beforeEach(() => {
  buyer = service.visitor();
});

const send = (file: TestFile, client = buyer) => uploadFile(client, service.url, file);
const stored = async () => readdir(join(dataDir, 'storage/uploads')).catch(() => []);
const rowOf = async (id: string) => (await service.ctx.sql`select * from uploads where id = ${id}`)[0];

const person = (role: 'buyer' | 'staff', email: string) =>
  logIn(service, { email, name: email, role, locale: 'en', vendorId: null, agentId: null });

describe('an uploaded file', () => {
  test('is given back to its owner as it was sent, as an attachment that no browser shows', async () => {
    const { status, body } = await send({ name: 'Ponuda šć.pdf', content: pdf, claimed: 'text/html' });
    expect({ status, body }).toEqual({
      status: 201,
      body: { id: expect.any(String), name: 'Ponuda šć.pdf', type: 'application/pdf', size: pdf.length },
    });
    const answer = await fetch(`${service.url}/api/uploads/${body.id}`, { headers: cookieOf(buyer) });
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(pdf))).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(
        /^attachment; filename=.*filename\*=UTF-8''Ponuda%20%C5%A1/,
      ),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'no-store',
    });
  });

  test('that nothing uses is nothing to anybody else', async () => {
    const { id } = (await send({ name: 'a.pdf', content: pdf })).body;
    const others = [service.visitor(), await person('buyer', 'other@buyer.example')];
    others.push(await person('staff', 'staff@uploads.example'));
    for (const other of others) {
      const foreign = await other.get(`/api/uploads/${id}`);
      const missing = await other.get('/api/uploads/01926d3a-7b1c-7def-8123-456789abcdef');
      expect([foreign.status, foreign.body]).toEqual([404, missing.body]);
    }
  });

  test('of a guest belongs to the account that logs in', async () => {
    const email = 'owner@buyer.example';
    const elsewhere = await person('buyer', email);
    const { id } = (await send({ name: 'a.pdf', content: pdf })).body;
    await buyer.post('/api/account/login', { email, password: 'a long enough password' });
    expect((await elsewhere.get(`/api/uploads/${id}`)).status).toBe(200);
  });

  test.each<[string, TestFile, object]>([
    [
      'a picture called a program',
      { name: 'run.exe', content: png },
      { name: 'run.exe.png', type: 'image/png' },
    ],
    ['a path as its name', { name: '../../etc/passwd.pdf', content: pdf }, { name: 'passwd.pdf' }],
    ['a path of Windows as its name', { name: 'C:\\x\\y.pdf', content: pdf }, { name: 'y.pdf' }],
    ['no name', { name: '..', content: pdf }, { name: 'file.pdf' }],
    ['a name that reads backwards', { name: 'a\u202efdp.exe', content: pdf }, { name: 'afdp.exe.pdf' }],
    [
      'a table',
      { name: 'list.csv', content: 'code;quantity\nA-1;4\n' },
      { name: 'list.csv', type: 'text/csv' },
    ],
    ['a drawing in STEP', { name: 'p.html', content: 'ISO-10303-21;\nHEADER;' }, { type: 'model/step' }],
    ['a drawing in DXF', { name: 'p', content: '0\nSECTION\n2\nHEADER\n' }, { name: 'p.dxf' }],
  ])('with %s gets a name that fits its content', async (_, file, expected) => {
    const { status, body } = await send(file);
    expect([status, body]).toEqual([201, expect.objectContaining(expected)]);
  });

  test.each<[string, TestFile]>([
    [
      'HTML',
      { name: 'a.pdf', content: '<!DOCTYPE html><script>alert(1)</script>', claimed: 'application/pdf' },
    ],
    ['HTML in a text', { name: 'a.txt', content: 'Hello\n<script src=x></script>' }],
    [
      'SVG',
      {
        name: 'a.png',
        content: '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        claimed: 'image/png',
      },
    ],
    [
      'XML',
      {
        name: 'a.csv',
        content: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a/>',
      },
    ],
    ['a page that goes on as PDF', { name: 'a.pdf', content: bytes('<html>', pdf as never) }],
    ['a program', { name: 'a.pdf', content: bytes('MZ', [0x90, 0, 3, 0, 0, 0]) }],
    ['a script', { name: 'a.txt', content: '#!/bin/sh\nrm -rf /\n' }],
    ['bytes of no meaning', { name: 'a.txt', content: bytes([1, 2, 3, 0, 255]) }],
  ])('is refused when it is %s, whatever it is called', async (_, file) => {
    const before = await stored();
    const { status, body } = await send(file);
    expect([status, body.code]).toEqual([415, 'file_type']);
    expect(await stored()).toEqual(before);
  });

  test('brings no field of its name into the header of its download', async () => {
    const { body } = await send({
      name: 'a"; filename=evil.html\r\nset-cookie: x=1\r\n\r\n<b>.pdf',
      content: pdf,
    });
    const { headers } = await fetch(`${service.url}/api/uploads/${body.id}`, { headers: cookieOf(buyer) });
    expect(headers.getSetCookie()).toEqual([]);
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w%.!~-]*$/,
    );
    expect(headers.get('content-type')).toBe('application/pdf');
  });

  test('is refused when it is too large, empty or missing', async () => {
    const before = await stored();
    const large = await send({ name: 'a.pdf', content: bytes(pdf as never, 'x'.repeat(uploadBytes)) });
    expect([large.status, large.body.code]).toEqual([413, 'too_large']);
    const empty = await send({ name: 'a.pdf', content: '' });
    expect([empty.status, empty.body.errors[0].path]).toEqual([422, 'file']);
    const none = new FormData();
    none.append('note', 'x');
    expect((await sendForm(buyer, service.url, none)).body.errors[0].path).toBe('file');
    const json = await buyer.post('/api/uploads', { file: 'x' });
    expect([json.status, json.body.code]).toEqual([415, 'unsupported_media_type']);
    expect(await stored()).toEqual(before);
  });

  test('of another site is refused', async () => {
    const form = new FormData();
    form.append('file', new Blob([pdf]), 'a.pdf');
    const answer = await fetch(`${service.url}/api/uploads`, {
      method: 'POST',
      headers: { ...cookieOf(buyer), origin: 'https://elsewhere.example' },
      body: form,
    });
    expect(answer.status).toBe(403);
  });

  test('is one too many beyond fifty that nothing uses', async () => {
    await send({ name: 'a.txt', content: 'first' });
    await service.ctx.sql`
      insert into uploads (owner, name, type, size, created_at)
      select owner, name, type, size, created_at from (select * from uploads order by id desc limit 1) one,
        generate_series(2, 50)`;
    const { status, body } = await send({ name: 'a.txt', content: 'one more' });
    expect([status, body.code]).toEqual([429, 'too_many']);
  });
});

describe('files over time', () => {
  test('backups copy a file, once after the last copy and always with the whole', async () => {
    const { id } = (await send({ name: 'a.pdf', content: pdf })).body;
    const copied = async (since: Date | null) => {
      const paths: string[] = [];
      for await (const { path, content } of uploadStore.entries(service.ctx, since))
        for await (const piece of content) if (piece.equals(Buffer.from(pdf))) paths.push(path);
      return paths;
    };
    const path = `storage/uploads/${id}`;
    expect(await copied(null)).toContain(path);
    expect(await copied(service.clock.now())).toContain(path);
    expect(await copied(new Date(service.clock.now().getTime() + 864e5))).toEqual([]);
  });

  test('a file that nothing uses goes after a day, content and row', async () => {
    const { id } = (await send({ name: 'a.pdf', content: pdf })).body;
    await uploads.removeFiles(service.ctx);
    expect(await stored()).toContain(id);
    service.clock.advance(86_400_001);
    await uploads.removeFiles(service.ctx);
    expect(await stored()).not.toContain(id);
    expect(await rowOf(id)).toBeUndefined();
  });

  test('a used file stays, also without its erased owner, but not its name and what they did not use', async () => {
    const { id } = (await send({ name: 'Zarathustra.pdf', content: pdf })).body;
    const { owner } = (await rowOf(id))!;
    const subject = { type: 'anything', id: '01926d3a-7b1c-7def-8123-456789abcdef' };
    await service.ctx.db.transaction((tx) => uploads.attach(tx, owner, [id], subject));
    service.clock.advance(2 * 86_400_000);
    await uploads.removeFiles(service.ctx);
    expect(await stored()).toContain(id);
    const unused = (await send({ name: 'b.pdf', content: pdf })).body;
    await service.ctx.db.transaction((tx) => uploads.eraseUploads(tx, owner, service.clock.now()));
    const used = await uploads.uploadsOf(service.ctx.db, subject.type, [subject.id]);
    expect(used.get(subject.id)).toMatchObject([{ id, name: 'file.pdf' }]);
    await uploads.removeFiles(service.ctx);
    expect(await stored()).toContain(id);
    expect(await stored()).not.toContain(unused.id);
  });

  test('a file hangs on one thing only, and of its owner', async () => {
    const { id } = (await send({ name: 'a.pdf', content: pdf })).body;
    const { owner } = (await rowOf(id))!;
    const attach = (by: string, subjectId: string) =>
      service.ctx.db
        .transaction((tx) => uploads.attach(tx, by, [id], { type: 'anything', id: subjectId }))
        .then(
          () => 'attached',
          ({ code }: { code: string }) => code,
        );
    const [one, other] = ['01926d3a-7b1c-7def-8123-456789abcdef', '01926d3a-7b1c-7def-8123-456789abcd00'];
    expect(await attach('buyer:01926d3a-7b1c-7def-8123-456789abcdef', one)).toBe('upload_not_found');
    const both = await Promise.all([attach(owner, one), attach(owner, other)]);
    expect(both.toSorted()).toEqual(['attached', 'upload_not_found']);
  });

  test('what a process leaves that is killed between row and content is removed, and not given away', async () => {
    const { id } = (await send({ name: 'a.pdf', content: pdf })).body;
    // As killed after the content was stored, before that was noted.
    await service.ctx.sql`update uploads set stored_at = null where id = ${id}`;
    expect((await buyer.get(`/api/uploads/${id}`)).status).toBe(404);
    service.clock.advance(86_400_001);
    await uploads.removeFiles(service.ctx);
    expect(await stored()).not.toContain(id);
  });
});

test('what killed processes left of files goes after an hour, and what is being written stays', async () => {
  const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
  for (const folder of ['incoming', 'storage/uploads']) {
    await mkdir(join(dataDir, folder), { recursive: true });
    for (const name of ['.old.part', '.new.part']) await writeFile(join(dataDir, folder, name), 'half of');
    await utimes(join(dataDir, folder, '.old.part'), hoursAgo, hoursAgo);
  }
  await uploads.removeFiles(service.ctx);
  for (const folder of ['incoming', 'storage/uploads']) {
    const names = (await readdir(join(dataDir, folder))).filter((name) => name.endsWith('.part'));
    expect(names).toEqual(['.new.part']);
  }
});

test('a vendor uploads by the link of its enquiry, and nobody by another', async () => {
  const line = { productId: world.products.sensor, quantity: 4, offerIds: [world.offers.sensorSever] };
  await buyer.post('/api/solutions/current/lines', line);
  const { id: solutionId } = (await buyer.get('/api/solutions/current')).body;
  const contact = { name: 'Jana', email: 'jana@morava.example' };
  const key = { 'idempotency-key': crypto.randomUUID() };
  await buyer.post('/api/requests', { solutionId, kind: 'quote', contact }, key);
  await service.drain();
  const token = tokenIn(service, world.mail.sever, 'e');
  const by = (link: string) =>
    uploadFile(
      service.outsider(),
      service.url,
      { name: 'a.pdf', content: pdf },
      `/api/enquiry-links/${link}/uploads`,
    );
  const { status, body } = await by(token);
  expect([status, body.type]).toEqual([201, 'application/pdf']);
  expect((await buyer.get(`/api/uploads/${body.id}`)).status).toBe(404);
  expect((await by(`${token.slice(0, -1)}x`)).body.code).toBe('link_not_valid');
});

const cookieOf = ({ cookies }: Client) => ({
  cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
});
