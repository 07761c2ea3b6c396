import { createServer } from 'node:net';
import './loading.ts';
import type { Running } from '#server/main.ts';
import { buildWebIfStale } from './build.ts';
import { dataDirOf, readEnvironment } from './environment.ts';
import { waitForEndRequest } from './lifetime.ts';
import { connectOrStart, findFreePort, type Postgres } from './pg.ts';
import { failWith, PlainError } from './plain-error.ts';

type Person = { name: string; role: string; email: string; password: string };

/** Runs `npm start`: service and worker in this process, and PostgreSQL. */
async function main(): Promise<void> {
  const endRequest = waitForEndRequest();
  const starting = start();
  // Asked to end while starting: PostgreSQL stops by itself when this process exits.
  const started = await Promise.race([starting, endRequest]);
  if (typeof started === 'string') return;

  const databaseEnd = started.database?.ended.then(() => 'database' as const);
  const reason = await Promise.race([endRequest, ...(databaseEnd ? [databaseEnd] : [])]);
  if (reason === 'database') {
    throw new PlainError(
      'PostgreSQL has ended unexpectedly, so Quoteline ends too. Start it again with npm start.',
    );
  }
  console.log('Stopping ...');
  await started.service.close();
  await started.database?.stop();
}

async function start(): Promise<{ service: Running; database: Postgres | undefined }> {
  const env = readEnvironment();
  const port = env.PORT ?? '3000';
  await refuseTakenPort(env.HOST ?? '127.0.0.1', port);
  await buildWebIfStale(console.log);

  const dataDir = dataDirOf(env);
  const database = env.DATABASE_URL ? undefined : await connectOrStart({ dataDir });
  const mode = env.DEMO === 'off' ? 'production' : 'demo';
  const settings = { ...env, PORT: port, DATA_DIR: dataDir, DATABASE_URL: database?.url ?? env.DATABASE_URL };
  // Imported late, so that a taken port or a failed build is reported at once.
  const { startService } = await import('#server/main.ts');
  const service = await startService({ env: settings, mode });
  await announce(localUrl(env.HOST, port), env.PUBLIC_URL ?? `http://localhost:${port}`);
  return { service, database };
}

async function announce(localUrl: string, publicUrl: string): Promise<void> {
  const answer = await fetch(new URL('/dev/people.json', localUrl));
  if (answer.ok) {
    const people = (await answer.json()) as Person[];
    console.log(`\n  Shop         ${publicUrl}/`);
    console.log(`  Mails sent   ${publicUrl}/dev/mail`);
    console.log(`  Phones       ${publicUrl}/dev/phones`);
    console.log(`  API          ${publicUrl}/api/docs`);
    if (people.length > 0) console.log('\n  Demo people (more at /dev)');
    for (const line of peopleTable(onePerRole(people))) console.log(`  ${line}`);
    console.log('');
  }
  console.log(`Quoteline is ready at ${publicUrl}`);
}

/** Returns the URL by which this machine reaches the service. */
function localUrl(host: string | undefined, port: string): string {
  const reachable = !host || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

const PEOPLE_SHOWN = 8;

/** Returns up to PEOPLE_SHOWN people, beginning with one of each role. */
function onePerRole(people: Person[]): Person[] {
  const seen = new Set<string>();
  const first = people.filter(({ role }) => !seen.has(role) && seen.add(role));
  return [...first, ...people.filter((person) => !first.includes(person))].slice(0, PEOPLE_SHOWN);
}

function peopleTable(people: Person[]): string[] {
  const rows = people.map(({ name, role, email, password }) => [name, role, email, password]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Throws if the port is invalid or taken: checked before the build, which takes a minute. */
async function refuseTakenPort(host: string, port: string): Promise<void> {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new PlainError(`PORT must be a number from 1 to 65535, not "${port}".`);
  }
  const probe = createServer();
  const refusal = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    probe.once('error', resolve);
    probe.listen({ host, port: Number(port) }, () => probe.close(() => resolve(undefined)));
  });
  if (refusal?.code === 'EADDRINUSE') throw await portTaken(port);
  if (refusal) throw new PlainError(`Cannot listen on ${host} port ${port}: ${refusal.message}`);
}

async function portTaken(port: string): Promise<PlainError> {
  return new PlainError(
    `Port ${port} is taken, perhaps by another Quoteline. ` +
      `Choose another one, for example: PORT=${await findFreePort()} npm start`,
  );
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  failWith(taken ? await portTaken(readEnvironment().PORT ?? '3000') : error);
}
