import type { Persona } from '#server/dev/twilio/personas.ts';
import { quickCaller, type Ringing, type Stand } from './stand.ts';

/**
 * A call in each state in which the service may be killed. Those that last are reached first, those that pass in a
 * second or two right before the kill: in this order. A phone that is held only does what the scene says.
 */
export interface Scene {
  name: string;
  /** As the database has it when the service is killed. */
  state: string;
  /** Which stage of the test brings it there: `talking` ones are begun first. */
  stage: 'talking' | 'visitor' | 'agent' | 'last';
  confirmed?: boolean;
  visitor?: Persona;
  /** Before the click. */
  prepare?(stand: Stand, phones: { agent: string }): void;
  /** From the click (`last`: from the conversation) to the state. */
  reach(stand: Stand, call: Ringing): Promise<unknown> | void;
  /** What the phones do while the service is dead, and when it is back. */
  whileDead?: (stand: Stand, call: Ringing) => void;
  afterwards?(stand: Stand, call: Ringing): Promise<unknown> | void;
  outcome: string | RegExp;
  /** Not said where nobody can know. */
  endedBy?: 'visitor' | 'agent';
  /** How the attempt with the first agent went. */
  first: string | RegExp;
}

const patient: Persona = { ...quickCaller, hangsUpAfterTalking: Infinity };

const hold = ({ simulator }: Stand, phone: string) => simulator.phones.open(phone);
const letGo = ({ simulator }: Stand, phone: string) => simulator.phones.close(phone);
const drop = ({ simulator }: Stand, number: string) =>
  simulator.faults.add({ on: 'callback', number, times: Infinity, effect: { kind: 'drop' } });

/** Waits until somebody holds a ringing phone, then picks up. */
async function pickUp({ simulator, until }: Stand, phone: string): Promise<void> {
  await until(() => simulator.phones.view(phone).state === 'ringing');
  simulator.phones.answer(phone);
}
/** Waits until a held phone hears a prompt. */
const prompted = ({ simulator, until }: Stand, phone: string) =>
  until(() => simulator.phones.view(phone).awaitsKeys);

async function ringVisitor(stand: Stand, { phone }: Ringing): Promise<void> {
  hold(stand, phone);
  await stand.until(() => stand.simulator.phones.view(phone).state === 'ringing');
}

async function askVisitor(stand: Stand, { phone }: Ringing): Promise<void> {
  hold(stand, phone);
  await pickUp(stand, phone);
  await prompted(stand, phone);
}

const talking: Scene[] = [
  {
    name: 'talk, and go on talking',
    ...{ state: 'bridged', stage: 'talking', visitor: patient },
    reach: () => {},
    afterwards: (stand, call) => stand.simulator.phones.hangUp(call.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'talk, and the visitor hangs up meanwhile: nobody can be told',
    ...{ state: 'bridged', stage: 'talking', visitor: patient },
    reach: () => {},
    whileDead: (stand, call) => stand.simulator.phones.hangUp(call.phone),
    ...{ outcome: 'completed', first: 'accepted' },
  },
  {
    name: 'talk, and the agent hangs up afterwards',
    ...{ state: 'bridged', stage: 'talking', confirmed: true, visitor: patient },
    reach: () => {},
    afterwards: (stand, call) => stand.simulator.phones.hangUp(call.agent.phone),
    ...{ outcome: 'completed', endedBy: 'agent', first: 'accepted' },
  },
];

/** Triggered when all the others are where they have to be. */
const last: Scene[] = [
  {
    name: 'ended on the page: the telephone network did not hear us the first time',
    ...{ state: 'ending', stage: 'last', visitor: patient },
    async reach(stand, call) {
      const number = call.agent.phone;
      stand.simulator.faults.add({ on: 'update', number, effect: { kind: 'vanished' } });
      await call.visitor.post(`/api/calls/${call.id}/hangup`);
    },
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'over, but how long the visitor talked was never told and can’t be asked yet',
    ...{ state: 'settling', stage: 'last', visitor: patient },
    reach(stand, call) {
      const { faults, phones } = stand.simulator;
      drop(stand, call.phone);
      const number = call.agent.phone;
      faults.add({ on: 'action', number, effect: { kind: 'dead', after: 'hang-up' } });
      faults.add({ on: 'fetch', number, times: Infinity, effect: { kind: 'html', status: 503 } });
      phones.hangUp(call.phone);
    },
    ...{ outcome: 'completed', first: 'accepted' },
  },
  {
    name: 'over, the agent wraps up',
    ...{ state: 'closed', stage: 'last', visitor: patient },
    reach: (stand, call) => stand.simulator.phones.hangUp(call.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
];

const ofVisitor: Scene[] = [
  {
    name: 'the visitor’s phone is being called, as far as we were told',
    ...{ state: 'visitor_dialing', stage: 'visitor' },
    async reach(stand, call) {
      drop(stand, call.phone);
      await ringVisitor(stand, call);
    },
    afterwards: (stand, call) => letGo(stand, call.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the visitor’s phone rings, and is picked up afterwards',
    ...{ state: 'visitor_ringing', stage: 'visitor', confirmed: true },
    reach: ringVisitor,
    afterwards: (stand, call) => letGo(stand, call.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the visitor’s phone rings, and they talk when the service is back',
    ...{ state: 'visitor_ringing', stage: 'visitor', confirmed: true, visitor: patient },
    reach: ringVisitor,
    whileDead: (stand, call) => stand.simulator.phones.answer(call.phone),
    async afterwards(stand, call) {
      await stand.untilState(call, 'bridged');
      stand.simulator.phones.hangUp(call.phone);
    },
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the visitor is asked, and agrees afterwards',
    ...{ state: 'visitor_ringing', stage: 'visitor' },
    reach: askVisitor,
    afterwards(stand, { phone }) {
      stand.simulator.phones.press(phone, '1');
      letGo(stand, phone);
    },
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the visitor is asked, and agrees when nobody listens: it is never joined',
    ...{ state: 'visitor_ringing', stage: 'visitor' },
    reach: askVisitor,
    whileDead: (stand, call) => stand.simulator.phones.press(call.phone, '1'),
    // Which of the two phones went first is known or not, as the service is back before the tapes have ended.
    ...{ outcome: /^(visitor_unconfirmed|visitor_no_answer|agent_left)$/, first: 'accepted' },
  },
];

const ofAgent: Scene[] = [
  {
    name: 'the agent’s phone rings, and is picked up afterwards',
    ...{ state: 'agent_ringing', stage: 'agent' },
    prepare: (stand, { agent }) => hold(stand, agent),
    reach: () => {},
    afterwards: (stand, call) => letGo(stand, call.agent.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the agent’s phone rings, and is picked up when nobody can say why: the next one is called',
    ...{ state: 'agent_ringing', stage: 'agent' },
    prepare: (stand, { agent }) => hold(stand, agent),
    reach: () => {},
    whileDead: (stand, call) => stand.simulator.phones.answer(call.agent.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'hung_up' },
  },
  {
    name: 'the agent is asked, and presses 1 afterwards',
    ...{ state: 'agent_screening', stage: 'agent' },
    prepare: (stand, { agent }) => hold(stand, agent),
    reach: (stand, call) => pickUp(stand, call.agent.phone),
    afterwards: (stand, call) => stand.simulator.phones.press(call.agent.phone, '1'),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the agent is asked, and presses 1 when nobody listens: the next one is called',
    ...{ state: 'agent_screening', stage: 'agent' },
    prepare: (stand, { agent }) => hold(stand, agent),
    async reach(stand, call) {
      await pickUp(stand, call.agent.phone);
      await prompted(stand, call.agent.phone);
    },
    whileDead: (stand, call) => stand.simulator.phones.press(call.agent.phone, '1'),
    // Who presses 1 late into silence can't be told from a voicemail whose tape ends.
    ...{ outcome: 'completed', endedBy: 'visitor', first: /^(hung_up|silent)$/ },
  },
  {
    name: 'whether there is a call to the agent is unknown: there is, and nobody takes it',
    ...{ state: 'agent_unknown', stage: 'agent' },
    prepare(stand, { agent }) {
      drop(stand, agent);
      hold(stand, agent);
      stand.simulator.faults.add({ on: 'create', number: agent, effect: { kind: 'lost' } });
    },
    reach: () => {},
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'no_answer' },
  },
  {
    name: 'the telephone network has not answered yet: it rings, and is picked up afterwards',
    ...{ state: 'agent_dialing', stage: 'agent' },
    prepare(stand, { agent }) {
      drop(stand, agent);
      hold(stand, agent);
      stand.simulator.faults.add({ on: 'create', number: agent, effect: { kind: 'slow', seconds: 7 } });
    },
    reach: () => {},
    afterwards: (stand, call) => letGo(stand, call.agent.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
];

export const scenes: readonly Scene[] = [...talking, ...last, ...ofVisitor, ...ofAgent];
