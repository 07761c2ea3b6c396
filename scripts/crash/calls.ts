import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Persona } from '#server/dev/twilio/personas.ts';
import type { LedgerLeg } from '#server/dev/twilio/ledger.ts';
import type { Simulator } from '#server/dev/twilio/port.ts';
import { type Browser, createBrowser } from './buyers.ts';
import type { CalledAgent, Catalogue } from './catalogue.ts';

interface MadeCall {
  agent: CalledAgent;
  phone: string;
  browser: Browser;
  key: string;
  /** The ids of each 201. */
  ids: Set<string>;
  /** What was read once it had ended, and what later. */
  end: CallEnd | null;
  later: CallEnd | null;
}

interface CallEnd {
  outcome: string;
  requestedAt: string;
  endedAt: string;
}

export interface CallCounts {
  calls: number;
  /** Attempts without an answer, repeated with their key. */
  unanswered: number;
  outcomes: Record<string, number>;
  faults: string[];
}

export interface Calls {
  /** Clicks to call the next agent; again with the same key until there is an answer. */
  make(serve: () => Promise<string>): Promise<void>;
  /** Reads how calls have ended. Returns how many haven't. */
  look(base: string): Promise<number>;
  /** Reads all again, which must not have changed. */
  lookAgain(base: string): Promise<void>;
  audit(): CallCounts;
}

/** Picks up after a second, and presses 1 a second later. */
const agentPersona: Persona = {
  kind: 'human',
  ringsAfter: 0.2,
  answersAfter: 1,
  presses: [{ digits: '1', after: 1 }],
};
const visitorPersona: Persona = { ...agentPersona, hangsUpAfterTalking: 4 };

/** After the click: an agent's phone by then, or never, and a visitor's. */
const ringsWithinSeconds = { agent: 20, visitor: 90 };

export function createCalls(origin: string, catalogue: Catalogue, simulator: Simulator): Calls {
  const made: MadeCall[] = [];
  let unanswered = 0;
  return {
    async make(serve) {
      const agent = catalogue.agents[made.length];
      if (!agent) throw new Error('no agent is left to call');
      const phone = `+1202555${String(1000 + made.length)}`;
      simulator.personas.set(agent.phone, agentPersona);
      simulator.personas.set(phone, visitorPersona);
      const call: MadeCall = {
        ...{ agent, phone, browser: createBrowser(origin), key: randomUUID() },
        ...{ ids: new Set(), end: null, later: null },
      };
      made.push(call);
      const { offerId, agentId } = agent;
      const body = { offerId, kind: 'sales', phone, agentId };
      // Gives the browser its cookie: without one, a click whose answer was lost comes from another guest when repeated.
      while ((await call.browser.ask(await serve(), 'POST', '/api/solutions', {}))?.status !== 201)
        await pause(200);
      // A second click with the key, also after an answer, starts no second call.
      for (let answers = 0; answers < 2;) {
        const answer = await call.browser.ask(await serve(), 'POST', '/api/calls', body, call.key);
        if (answer?.status === 201) {
          call.ids.add(String(answer.body.id));
          answers += 1;
        } else if (answer && answer.status < 500) {
          throw new Error(`POST /api/calls: ${JSON.stringify(answer)}`);
        } else {
          unanswered += 1;
          await pause(200);
        }
      }
    },
    async look(base) {
      for (const call of made) if (call.end === null) call.end = await readEnd(call, base);
      return made.filter(({ end }) => end === null).length;
    },
    async lookAgain(base) {
      for (const call of made) call.later = await readEnd(call, base);
    },
    audit() {
      const outcomes: Record<string, number> = {};
      for (const { end } of made) {
        const outcome = end?.outcome ?? 'not ended';
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
      const lines = simulator.ledger();
      const faults = made.flatMap((call) => faultsOf(call, lines));
      return { calls: made.length, unanswered, outcomes, faults };
    },
  };
}

/** Returns how a call has ended, or null while it hasn't. */
async function readEnd({ browser, ids }: MadeCall, base: string): Promise<CallEnd | null> {
  const [id] = ids;
  const answer = id === undefined ? null : await browser.ask(base, 'GET', `/api/calls/${id}`);
  if (answer?.status !== 200 || answer.body.status !== 'ended') return null;
  const { outcome, requestedAt, endedAt } = answer.body as unknown as CallEnd;
  return { outcome, requestedAt, endedAt };
}

/** Compares a call with what really happened on the lines of both phones, which no other call uses. */
function faultsOf({ agent, phone, ids, end, later }: MadeCall, lines: readonly LedgerLeg[]): string[] {
  const name = `call ${[...ids].join(', ')}`;
  const faults: string[] = [];
  if (ids.size !== 1) faults.push(`${name}: ${ids.size} calls for one key`);
  if (end === null) faults.push(`${name}: has not ended`);
  else if (!isDeepStrictEqual(end, later)) faults.push(`${name}: ended twice`);
  const clickedAt = end ? new Date(end.requestedAt).getTime() : NaN;
  for (const [who, number] of [
    ['agent', agent.phone],
    ['visitor', phone],
  ] as const) {
    const own = lines.filter(({ to }) => to === number);
    const rung = own.filter(({ ringingAt }) => ringingAt !== null);
    if (rung.length > 1) faults.push(`${name}: the ${who}'s phone rang ${rung.length} times`);
    if (own.some(({ endedAt }) => endedAt === null)) faults.push(`${name}: the ${who}'s line is open`);
    for (const { ringingAt } of rung) {
      const seconds = ((ringingAt?.getTime() ?? NaN) - clickedAt) / 1000;
      if (seconds > ringsWithinSeconds[who])
        faults.push(`${name}: the ${who}'s phone rang ${seconds.toFixed(0)} s after the click`);
    }
    const talked = own.some(({ talkSeconds }) => talkSeconds > 0);
    if (who === 'visitor' && end && talked !== (end.outcome === 'completed'))
      faults.push(`${name}: ended as ${end.outcome}, but ${talked ? 'both talked' : 'nobody talked'}`);
  }
  return faults;
}
