import { expect, test } from 'vitest';
import { readWire } from '../../scripts/crash/database-wire.ts';
import { type Moment, points } from '../../scripts/crash/points.ts';

/** Messages of PostgreSQL's protocol, as a driver and the server send them. */
const message = (type: string, ...parts: string[]): Buffer => {
  const body = Buffer.from(parts.join(''), 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const start = message('', '\0\x03\0\0', 'user\0quoteline\0\0');
const simple = (text: string) => message('Q', text, '\0');
const parse = (name: string, text: string) => message('P', name, '\0', text, '\0', '\0\0');
const execute = (name: string) => [
  message('B', '\0', name, '\0\0\0\0\0\0\0'),
  message('E', '\0\0\0\0\0'),
  message('S'),
];
const done = (tag: string) => message('C', tag, '\0');
const ready = (state: 'I' | 'T') => message('Z', state);
const toSend = (...messages: Buffer[]) => Buffer.concat(messages);

/** Reads a connection, which is held where the wanted moment comes. */
function connection(isWanted: (moment: Moment) => boolean = () => false) {
  const moments: Moment[] = [];
  const wire = readWire((moment) => {
    moments.push(moment);
    return isWanted(moment);
  });
  wire.toServer(start);
  return { moments, ...wire };
}
const pointAt = (name: string) => points.find((point) => point.name === name)!.at;

test('what no point stops passes unchanged, in pieces of any size', () => {
  const { toServer, toClient } = connection();
  const sent = toSend(parse('s1', 'select 1'), ...execute('s1'), simple('begin '));
  const got = toSend(message('1'), message('2'), done('SELECT 1'), ready('I'), done('BEGIN'), ready('T'));
  for (const [pass, all] of [
    [toServer, sent],
    [toClient, got],
  ] as const) {
    const passed = [];
    for (const byte of all) passed.push(pass(Buffer.from([byte])));
    expect(Buffer.concat(passed)).toEqual(all);
  }
});

test('a statement is known by the text it was prepared with', () => {
  const { toServer, toClient, moments } = connection();
  toServer(toSend(parse('s1', 'select 1'), parse('s2', 'select 2'), ...execute('s2')));
  toClient(toSend(done('SELECT 1'), ready('I')));
  expect(moments).toEqual([
    { kind: 'statement', text: 'select 2' },
    { kind: 'answered', text: 'select 2', tag: 'SELECT 1', before: [] },
  ]);
});

test('BEGIN does not reach the database when a process is stopped before it, and nothing after it', () => {
  const { toServer, toClient } = connection(pointAt('before BEGIN'));
  const before = toSend(parse('', 'select 1'), ...execute(''));
  expect(toServer(toSend(before, simple('begin '), simple('select 2')))).toEqual(before);
  expect(toServer(simple('select 3'))).toHaveLength(0);
  expect(toClient(toSend(done('SELECT 1'), ready('I')))).toHaveLength(0);
});

test('a completed COMMIT is withheld from the process that is stopped after it', () => {
  const { toServer, toClient } = connection(pointAt('between COMMIT and the answer'));
  toServer(toSend(simple('begin '), parse('', 'insert into requests values ($1)'), ...execute('')));
  const first = toSend(done('BEGIN'), ready('T'), message('1'), message('2'), done('INSERT 0 1'), ready('T'));
  expect(toClient(first)).toEqual(first);
  const commit = simple('commit');
  expect(toServer(commit)).toEqual(commit);
  expect(toClient(done('COMMIT'))).toHaveLength(0);
  expect(toClient(ready('I'))).toHaveLength(0);
});

test('a COMMIT of a transaction without a request is no such point', () => {
  const { toServer, toClient } = connection(pointAt('between COMMIT and the answer'));
  toServer(toSend(simple('begin '), simple('select 1'), simple('commit')));
  const answers = [done('BEGIN'), ready('T'), done('SELECT 1'), ready('T'), done('COMMIT'), ready('I')];
  expect(toClient(toSend(...answers))).toEqual(toSend(...answers));
});

test('a completion reaches a process only after the commit that ends its batch', () => {
  const { toServer, toClient } = connection();
  toServer(toSend(parse('', 'update "deliveries" set "status" = $1'), ...execute('')));
  expect(toClient(done('UPDATE 1'))).toHaveLength(0);
  expect(toClient(ready('I'))).toEqual(toSend(done('UPDATE 1'), ready('I')));
});
