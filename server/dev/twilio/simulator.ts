import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createCallbacks } from './callbacks.ts';
import { countExchanges } from './exchanges.ts';
import { createFaults } from './faults.ts';
import { ledgerOf } from './ledger.ts';
import { createLines } from './lines.ts';
import type { Simulator } from './port.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulatedUsers } from './personas.ts';
import { createPhones } from './phones.ts';
import { createRest } from './rest/app.ts';
import { controlRoutes } from './control.ts';
import { createWeb } from './web.ts';

export type { SimulatorOptions } from './options.ts';

const usualCallsPerSecond = 1;

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { account, time, host = '127.0.0.1' } = options;
  const exchanges = countExchanges();
  const server = { down: async () => {}, up: async () => {} };
  const faults = createFaults({ down: () => server.down(), up: () => server.up() });
  const web = createWeb(time, exchanges, account.authToken, options.hosts);
  const callbacks = createCallbacks({ account, time, web, faults });
  const lines = createLines(time, callbacks, options.callsPerSecond ?? usualCallsPerSecond);
  const users = createSimulatedUsers(time, lines, options.defaultPersona);
  const phones = createPhones(lines, users);
  const app = await createRest({
    ...{ account, time, faults, web, callbacks, lines, exchanges },
    concurrency: options.concurrency ?? Infinity,
    unassignedNumbers: options.unassignedNumbers ?? false,
  });
  let url = '';
  const simulator: Simulator = {
    get url() {
      return url;
    },
    personas: users,
    phones,
    faults,
    ledger: () => lines.all().map((leg) => ledgerOf(leg, time.now(), callbacks.sent())),
    settled: () => exchanges.quiet(),
    waitingForTime: () => exchanges.held,
    async close() {
      for (const leg of lines.all()) leg.over.abort();
      await app.close();
    },
  };
  controlRoutes(app, simulator, time);
  await app.listen({ port: options.port ?? 0, host });
  const { port } = app.server.address() as AddressInfo;
  url = `http://${host}:${port}`;
  server.down = async () => {
    const closed = new Promise((resolve) => app.server.close(resolve));
    app.server.closeAllConnections();
    await closed;
    // Wait until clients have noticed that their kept-alive connections are closed.
    await delay(50);
  };
  server.up = () => new Promise((resolve) => app.server.listen(port, host, resolve));
  return simulator;
}
