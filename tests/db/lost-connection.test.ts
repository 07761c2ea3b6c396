import { once } from 'node:events';
import { createServer, connect as connectTo, type AddressInfo, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect, secondsToReconnect } from '#db/client.ts';
import { endingWaits, NoAnswerError, outageOf } from '#db/outage.ts';
import { cloneTemplate } from '../harness.ts';
import { proxyTo } from '../tcp-proxy.ts';

/**
 * The driver on connections that are lost, with scripts/patches/ applied. If one of these fails after an update of
 * postgres.js, the new version still has that fault.
 */
let database: Awaited<ReturnType<typeof cloneTemplate>>;
let admin: postgres.Sql;

beforeAll(async () => {
  database = await cloneTemplate();
  admin = postgres(database.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});
beforeEach(() => admin.unsafe('drop table if exists written; create table written (text text)'));

const one = (url = database.url) =>
  postgres(url, { max: 1, backoff: secondsToReconnect, onnotice: () => {} });
const pidOf = async (client: postgres.ISql) => Number((await client`select pg_backend_pid() as pid`)[0]?.pid);
const kill = async (pid: number) => {
  await admin`select pg_terminate_backend(${pid})`;
  await expect.poll(() => admin`select from pg_stat_activity where pid = ${pid}`).toHaveLength(0);
};
/** Which of them a statement gets depends on whether it is written before the end of its connection arrives. */
const closedCodes = ['CONNECTION_CLOSED', 'ECONNRESET', '57P01'];

const codeOf = (running: Promise<unknown>) =>
  running.then(
    () => 'no error',
    (error: { code?: string }) => error.code,
  );

/** A TCP proxy in front of the database. */
async function proxy(accept: (client: Socket) => void) {
  const server = createServer(accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(database.url);
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, close: () => server.close() };
}
const pass = (client: Socket) => {
  const { port, hostname } = new URL(database.url);
  const server = connectTo(Number(port), hostname);
  client.pipe(server).pipe(client);
  for (const [socket, other] of [
    [client, server],
    [server, client],
  ] as const)
    socket.on('error', () => {}).on('close', () => other.destroy());
};

test('a transaction that goes on after its backend was killed ends with an error, and the next one works', async () => {
  const client = one();
  const lost = await codeOf(
    client.begin(async (tx) => {
      await kill(await pidOf(tx));
      // The driver writes this in a later turn of the event loop, on a socket that is gone.
      await tx`insert into written values ('lost')`;
    }),
  );
  expect(closedCodes).toContain(lost);
  for (const text of ['a', 'b', 'c']) await client.begin((tx) => tx`insert into written values (${text})`);
  expect(await admin`select text from written order by text`).toEqual([
    { text: 'a' },
    { text: 'b' },
    { text: 'c' },
  ]);
  await client.end();
});

test('a statement that is killed while it runs fails alone: the next one gets no old error', async () => {
  const client = one();
  for (let round = 0; round < 3; round += 1) {
    const pid = await pidOf(client);
    const running = codeOf(client`select pg_sleep(600)`);
    await expect
      .poll(() => admin`select from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`)
      .toHaveLength(1);
    await kill(pid);
    expect(closedCodes).toContain(await running);
    expect(await client`select ${round}::int as round`).toEqual([{ round }]);
  }
  await client.end();
});

test('what is left of a lost transaction does not run inside the one that got its connection', async () => {
  const client = one();
  let goOn = () => {};
  const isReplaced = new Promise<void>((resolve) => (goOn = resolve));
  const rest = Promise.withResolvers<string | undefined>();
  const lost = codeOf(
    client.begin(async (tx) => {
      await kill(await pidOf(tx));
      await isReplaced;
      rest.resolve(await codeOf(tx`insert into written values ('of the lost one')`));
    }),
  );
  expect(closedCodes).toContain(await lost);
  await client.begin(async (tx) => {
    await tx`insert into written values ('of the next one')`;
    goOn();
    expect(closedCodes).toContain(await rest.promise);
  });
  expect(await admin`select text from written`).toEqual([{ text: 'of the next one' }]);
  await client.end();
});

test('a connection that is reset within a transaction is replaced by one that goes on working', async () => {
  const clients: Socket[] = [];
  const between = await proxy((socket) => {
    clients.push(socket);
    pass(socket);
  });
  const client = one(between.url);
  for (let round = 0; round < 3; round += 1) {
    const reset = codeOf(
      client.begin(async (tx) => {
        const running = tx`select pg_sleep(600)`.execute();
        await expect
          .poll(
            () =>
              admin`select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`,
          )
          .toHaveLength(1);
        clients.at(-1)?.resetAndDestroy();
        await running;
      }),
    );
    expect(['ECONNRESET', 'CONNECTION_CLOSED']).toContain(await reset);
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`;
    for (const text of ['a', 'b', 'c']) expect(await client`select ${text} as text`).toEqual([{ text }]);
  }
  await client.end();
  between.close();
});

test('a reserved connection that was lost refuses statements, and the pool gets another', async () => {
  const client = one();
  const reserved = await client.reserve();
  await kill(await pidOf(reserved));
  expect(closedCodes).toContain(await codeOf(reserved`select 1`));
  reserved.release();
  // Statements may still be given to it until its end has arrived.
  await expect.poll(() => codeOf(client`select 1`)).toBe('no error');
  expect(await client`select 1 as here`).toEqual([{ here: 1 }]);
  await client.end();
});

test('a transaction begins on its own connection although that one has a full pipeline', async () => {
  // The types of the driver lack this option.
  const options = { max: 2, max_pipeline: 0, onnotice: () => {} };
  const client = postgres(database.url, options);
  await client.begin(async (tx) => {
    await tx`insert into written values ('in a transaction')`;
    expect(await client`select text from written`).toEqual([]);
  });
  expect(await client`select text from written`).toHaveLength(1);
  await client.end();
});

test('a connection that is lost while the driver reads the types of arrays ends only what waited for it', async () => {
  let isFirst = true;
  const between = await proxy((socket) => {
    if (!isFirst) return pass(socket);
    isFirst = false;
    pass(socket);
    socket.on('data', (data) => {
      if (data.includes('pg_catalog.pg_type')) socket.resetAndDestroy();
    });
  });
  const client = one(between.url);
  expect(['ECONNRESET', 'CONNECTION_CLOSED']).toContain(await codeOf(client`select 1`));
  expect(await client`select 1 as here`).toEqual([{ here: 1 }]);
  await client.end();
  between.close();
});

test('statements wait a bounded time while a proxy closes each connection, and the pool works afterwards', async () => {
  let isAway = true;
  let attempts = 0;
  const between = await proxy((socket) => {
    attempts += 1;
    if (isAway) socket.end();
    else pass(socket);
  });
  const client = endingWaits(one(between.url), between.url, 300);
  const waiting = [
    codeOf(client.unsafe('select 1')),
    codeOf(client.unsafe("insert into written values ('refused')")),
    codeOf(client.begin((tx) => tx`insert into written values ('refused, too')`)),
  ];
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => 'NO_ANSWER'));
  // It pauses between attempts; without pauses there are thousands.
  expect(attempts).toBeLessThan(100);

  isAway = false;
  await client.unsafe("insert into written values ('accepted')");
  await client.begin((tx) => tx`insert into written values ('accepted')`);
  expect(await admin`select text from written`).toEqual([{ text: 'accepted' }, { text: 'accepted' }]);
  await client.end();
  between.close();
});

test('a statement that waits for a busy pool of a working database waits on', async () => {
  let asked = 0;
  const between = await proxy((socket) => {
    asked += 1;
    pass(socket);
  });
  const client = endingWaits(one(), between.url, 50);
  let end = () => {};
  const busy = client.begin(async (tx) =>
    tx`select 1`.then(() => new Promise<void>((resolve) => (end = resolve))),
  );
  let isOver = false;
  const second = client.begin((tx) => tx`select 1 as waited`).finally(() => (isOver = true));
  // It has asked whether the database answers, and has waited again, several times.
  await expect.poll(() => asked).toBeGreaterThan(3);
  expect(isOver).toBe(false);
  end();
  await busy;
  expect(await second).toEqual([{ waited: 1 }]);
  await client.end();
  between.close();
});

test('statements and transactions on a server that has fallen silent fail in time', async () => {
  const between = await proxyTo(database.url);
  const client = endingWaits(one(between.url), between.url, 100);
  expect(await client.unsafe('select 1 as here')).toEqual([{ here: 1 }]);
  between.silence();
  const waiting = [
    codeOf(client.unsafe('select 1')),
    codeOf(client.begin((tx) => tx`insert into written values ('lost')`)),
  ];
  expect(await Promise.all(waiting)).toEqual(['NO_ANSWER', 'NO_ANSWER']);
  await client.end({ timeout: 0 });
  await between.close();
});

test('errors of an unreachable database are recognised in what Drizzle throws, others are not', async () => {
  const url = new URL(database.url);
  const closed = await proxy(() => {});
  url.port = new URL(closed.url).port;
  closed.close();
  const refused = connect(url.href);
  const error = await refused.db.execute(sql`select 1`).catch((thrown: unknown) => thrown);
  expect(outageOf(error)?.code).toBe('ECONNREFUSED');
  await refused.close();
  const well = connect(database.url);
  const wrong = await well.db.execute(sql`select 1 / 0`).catch((thrown: unknown) => thrown);
  expect(wrong).toBeInstanceOf(Error);
  expect(outageOf(wrong)).toBeNull();
  expect(outageOf(new Error('no', { cause: new NoAnswerError() }))?.code).toBe('NO_ANSWER');
  await well.close();
});
