import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as leases from '#server/presence/leases.ts';
import * as presence from '#server/presence/service.ts';
import { start, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { agentId, loggedIn } from '../presence/staff.ts';
import { openPage } from './page.ts';

let service: TestService;
let world: World;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  service = await start();
  // The other process uses the database's clock.
  service.clock.set(new Date());
  world = await createWorld(service.ctx.db);
});
afterAll(async () => {
  for (const one of processes) one.kill('SIGKILL');
  await service.end();
});

/** Starts another process of the service on the same database. */
async function startProcess(): Promise<{ url: string; kill(): Promise<void> }> {
  const { config } = service;
  const child = spawn(
    process.execPath,
    ['--import', './scripts/loading.ts', 'tests/server/realtime/process.ts'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: config.databaseUrl,
        SMTP_URL: config.smtpUrl,
        MAIL_FROM: config.mailFrom,
        SECRET_KEY: config.secretKey,
        PUBLIC_URL: config.publicUrl,
        LOG_LEVEL: 'silent',
      },
    },
  );
  processes.push(child);
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `http://127.0.0.1:${port.toString().trim()}`,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test(
  'a killed process is noticed within 62 s, and its pages get the true state from another',
  { timeout: 120_000 },
  async () => {
    const milan = await agentId(service.ctx.db, world, 'milan');
    const sensor = `product:${world.products.sensor}`;
    const statusIn = (frame: { state?: { agents: { id: string; status: string }[] } }) =>
      frame.state?.agents.find(({ id }) => id === String(milan))?.status;
    const doomed = await startProcess();
    const there = { url: doomed.url, config: service.config };

    const browser = await loggedIn(service, world, 'milan');
    const desk = await openPage(there, browser);
    desk.watch('agent');
    await desk.until('agent', ({ type }) => type === 'state');
    await browser.put('/api/agent/status', { status: 'available' });
    const here = await openPage(service);
    here.watch(sensor);
    await here.until(sensor, (frame) => statusIn(frame) === 'available');
    const lost = await Promise.all(Array.from({ length: 90 }, () => openPage(there)));
    for (const page of lost) page.watch(sensor);
    await Promise.all(lost.map((page) => page.until(sensor, (frame) => statusIn(frame) === 'available')));

    const killedAt = service.clock.now().getTime();
    await doomed.kill();
    expect(new Set(await Promise.all(lost.map((page) => page.closed)))).toEqual(new Set([1006]));
    // Sweeps every five seconds as the worker does, on the shared clock.
    let offlineAfter = 0;
    for (let passed = 5; passed <= 65 && offlineAfter === 0; passed += 5) {
      service.clock.set(new Date(killedAt + passed * 1000));
      await leases.sweep(service.ctx);
      const [state] = await presence.statesOf(service.ctx.db, [milan], service.clock.now());
      if (state?.status === 'offline') offlineAfter = passed;
    }
    expect(offlineAfter).toBeGreaterThan(20);
    expect(offlineAfter).toBeLessThanOrEqual(62);
    await here.until(sensor, (frame) => statusIn(frame) === 'offline');

    const back = await Promise.all(lost.map(() => openPage(service)));
    for (const [place, page] of back.entries())
      page.watch(sensor, lost[place]?.about(sensor).at(-1)?.version);
    await Promise.all(back.map((page) => page.until(sensor, (frame) => statusIn(frame) === 'offline')));
    const deskAgain = await openPage(service, browser);
    deskAgain.watch('agent');
    await deskAgain.until('agent', ({ state }) => state?.me.status === 'available');
    await here.until(sensor, (frame) => statusIn(frame) === 'available');
    for (const page of [...back, here, deskAgain]) {
      page.close();
      await page.closed;
    }
  },
);
