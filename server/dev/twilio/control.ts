import type { FastifyInstance } from 'fastify';
import type { Fault } from './faults.ts';
import type { Persona } from './personas.ts';
import { RestError } from './rest/errors.ts';
import type { Simulator } from './port.ts';
import type { SimulatorTime, VirtualTime } from './time.ts';

/** Registers the simulator's controls, for tests in other processes and for curl. */
export function controlRoutes(app: FastifyInstance, simulator: Simulator, time: SimulatorTime): void {
  const { personas, phones, faults } = simulator;

  app.get('/_sim/ledger', () => simulator.ledger());
  app.get('/_sim/clock', () => ({ now: time.now() }));
  app.post<{ Body: { seconds: number } }>('/_sim/clock/advance', async (request) => {
    if (!('advance' in time)) throw new RestError(409, 20001, 'Real time passes by itself');
    await (time as VirtualTime).advance(request.body.seconds * 1000, simulator.settled);
    return { now: time.now() };
  });
  app.post('/_sim/settled', async () => {
    await simulator.settled();
    return {};
  });

  app.put<{ Params: { number: string }; Body: Persona | Persona[] }>('/_sim/personas/:number', (request) => {
    personas.set(request.params.number, request.body);
    return {};
  });
  app.delete<{ Params: { number: string } }>('/_sim/personas/:number', (request) => {
    personas.clear(request.params.number);
    return {};
  });

  app.post<{ Body: Fault }>('/_sim/faults', (request) => {
    faults.add(request.body);
    return {};
  });
  app.put<{ Body: Partial<typeof faults.behaviour> }>('/_sim/behaviour', (request) =>
    Object.assign(faults.behaviour, request.body),
  );
  app.delete('/_sim/faults', () => {
    faults.clear();
    return {};
  });

  app.get('/_sim/phones', () => phones.list());
  app.post<{ Params: { number: string; action: string }; Body: { digits?: string } | undefined }>(
    '/_sim/phones/:number/:action',
    (request) => {
      const { number, action } = request.params;
      const { digits = '' } = request.body ?? {};
      if (action === 'press') phones.press(number, digits);
      else if (isAction(action)) phones[action](number);
      else throw new RestError(404, 20404);
      return phones.view(number);
    },
  );
}

const actions = ['open', 'close', 'answer', 'hangUp', 'reject'] as const;
const isAction = (name: string): name is (typeof actions)[number] =>
  (actions as readonly string[]).includes(name);
