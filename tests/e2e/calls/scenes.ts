import type { Persona } from '#server/dev/twilio/personas.ts';
import { quickCaller, type SceneCall, type CallSite } from './call-site.ts';

/**
 * A call in one of the states in which the service may be killed. Lasting states are reached first, those of a second
 * or two right before the kill. An open phone only does what its scene says.
 */
export interface Scene {
  name: string;
  /** The call's state in the database when the service is killed. */
  state: string;
  /** The stage of the test that brings the call into its state; `talking` comes first. */
  stage: 'talking' | 'visitor' | 'agent' | 'last';
  confirmed?: boolean;
  visitor?: Persona;
  /** Runs before the click. */
  prepare?(site: CallSite, phones: { agent: string }): void;
  /** Leads from the click (`last`: from the conversation) to the state. */
  reach(site: CallSite, call: SceneCall): Promise<unknown> | void;
  /** What the phones do while the service is dead, and after it is back. */
  whileDead?: (site: CallSite, call: SceneCall) => void;
  afterwards?(site: CallSite, call: SceneCall): Promise<unknown> | void;
  outcome: string | RegExp;
  /** Left out where nothing can tell who hung up. */
  endedBy?: 'visitor' | 'agent';
  /** The result of the attempt with the first agent. */
  first: string | RegExp;
}

const patient: Persona = { ...quickCaller, hangsUpAfterTalking: Infinity };

const openPhone = ({ simulator }: CallSite, phone: string) => simulator.phones.open(phone);
const closePhone = ({ simulator }: CallSite, phone: string) => simulator.phones.close(phone);
const dropCallbacks = ({ simulator }: CallSite, number: string) =>
  simulator.faults.add({ on: 'callback', number, times: Infinity, effect: { kind: 'drop' } });

/** Waits until a phone rings, then picks it up. */
async function pickUp({ simulator, until }: CallSite, phone: string): Promise<void> {
  await until(() => simulator.phones.view(phone).state === 'ringing');
  simulator.phones.answer(phone);
}
/** Waits until an open phone hears a prompt. */
const untilPrompted = ({ simulator, until }: CallSite, phone: string) =>
  until(() => simulator.phones.view(phone).awaitsKeys);

async function ringVisitor(site: CallSite, { phone }: SceneCall): Promise<void> {
  openPhone(site, phone);
  await site.until(() => site.simulator.phones.view(phone).state === 'ringing');
}

async function askVisitor(site: CallSite, { phone }: SceneCall): Promise<void> {
  openPhone(site, phone);
  await pickUp(site, phone);
  await untilPrompted(site, phone);
}

const talking: Scene[] = [
  {
    name: 'both talk, and go on talking',
    ...{ state: 'bridged', stage: 'talking', visitor: patient },
    reach: () => {},
    afterwards: (site, call) => site.simulator.phones.hangUp(call.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'both talk, and the visitor hangs up while the service is dead',
    ...{ state: 'bridged', stage: 'talking', visitor: patient },
    reach: () => {},
    whileDead: (site, call) => site.simulator.phones.hangUp(call.phone),
    ...{ outcome: 'completed', first: 'accepted' },
  },
  {
    name: 'both talk, and the agent hangs up afterwards',
    ...{ state: 'bridged', stage: 'talking', confirmed: true, visitor: patient },
    reach: () => {},
    afterwards: (site, call) => site.simulator.phones.hangUp(call.agent.phone),
    ...{ outcome: 'completed', endedBy: 'agent', first: 'accepted' },
  },
];

/** Scenes that are triggered when all others are in their states. */
const last: Scene[] = [
  {
    name: 'the visitor ended the call on the page, but the first request to end it was lost',
    ...{ state: 'ending', stage: 'last', visitor: patient },
    async reach(site, call) {
      const number = call.agent.phone;
      site.simulator.faults.add({ on: 'update', number, effect: { kind: 'vanished' } });
      await call.visitor.post(`/api/calls/${call.id}/hangup`);
    },
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the call is over, but its length was not reported and can’t be fetched yet',
    ...{ state: 'settling', stage: 'last', visitor: patient },
    reach(site, call) {
      const { faults, phones } = site.simulator;
      dropCallbacks(site, call.phone);
      const number = call.agent.phone;
      faults.add({ on: 'action', number, effect: { kind: 'dead', after: 'hang-up' } });
      faults.add({ on: 'fetch', number, times: Infinity, effect: { kind: 'html', status: 503 } });
      phones.hangUp(call.phone);
    },
    ...{ outcome: 'completed', first: 'accepted' },
  },
  {
    name: 'the call is over, and the agent wraps up',
    ...{ state: 'closed', stage: 'last', visitor: patient },
    reach: (site, call) => site.simulator.phones.hangUp(call.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
];

const ofVisitor: Scene[] = [
  {
    name: 'the visitor’s phone rings, but no callback has said so',
    ...{ state: 'visitor_dialing', stage: 'visitor' },
    async reach(site, call) {
      dropCallbacks(site, call.phone);
      await ringVisitor(site, call);
    },
    afterwards: (site, call) => closePhone(site, call.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the visitor’s phone rings, and is picked up afterwards',
    ...{ state: 'visitor_ringing', stage: 'visitor', confirmed: true },
    reach: ringVisitor,
    afterwards: (site, call) => closePhone(site, call.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the visitor’s phone is picked up while the service is dead, and they talk on afterwards',
    ...{ state: 'visitor_ringing', stage: 'visitor', confirmed: true, visitor: patient },
    reach: ringVisitor,
    whileDead: (site, call) => site.simulator.phones.answer(call.phone),
    async afterwards(site, call) {
      await site.untilState(call, 'bridged');
      site.simulator.phones.hangUp(call.phone);
    },
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the visitor is asked, and agrees afterwards',
    ...{ state: 'visitor_ringing', stage: 'visitor' },
    reach: askVisitor,
    afterwards(site, { phone }) {
      site.simulator.phones.press(phone, '1');
      closePhone(site, phone);
    },
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the visitor is asked, and agrees while the service is dead: they are never joined',
    ...{ state: 'visitor_ringing', stage: 'visitor' },
    reach: askVisitor,
    whileDead: (site, call) => site.simulator.phones.press(call.phone, '1'),
    // The outcome depends on which phone ended first, and on whether the service was back by then.
    ...{ outcome: /^(visitor_unconfirmed|visitor_no_answer|agent_left)$/, first: 'accepted' },
  },
];

const ofAgent: Scene[] = [
  {
    name: 'the agent’s phone rings, and is picked up afterwards',
    ...{ state: 'agent_ringing', stage: 'agent' },
    prepare: (site, { agent }) => openPhone(site, agent),
    reach: () => {},
    afterwards: (site, call) => closePhone(site, call.agent.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the agent’s phone is picked up while the service is dead: the next agent is called',
    ...{ state: 'agent_ringing', stage: 'agent' },
    prepare: (site, { agent }) => openPhone(site, agent),
    reach: () => {},
    whileDead: (site, call) => site.simulator.phones.answer(call.agent.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'hung_up' },
  },
  {
    name: 'the agent is asked, and presses 1 afterwards',
    ...{ state: 'agent_screening', stage: 'agent' },
    prepare: (site, { agent }) => openPhone(site, agent),
    reach: (site, call) => pickUp(site, call.agent.phone),
    afterwards: (site, call) => site.simulator.phones.press(call.agent.phone, '1'),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
  {
    name: 'the agent is asked, and presses 1 while the service is dead: the next agent is called',
    ...{ state: 'agent_screening', stage: 'agent' },
    prepare: (site, { agent }) => openPhone(site, agent),
    async reach(site, call) {
      await pickUp(site, call.agent.phone);
      await untilPrompted(site, call.agent.phone);
    },
    whileDead: (site, call) => site.simulator.phones.press(call.agent.phone, '1'),
    // An agent whose 1 is lost looks like a voicemail whose tape ends.
    ...{ outcome: 'completed', endedBy: 'visitor', first: /^(hung_up|silent)$/ },
  },
  {
    name: 'the response to the agent’s call is lost: the phone rings, and nobody answers',
    ...{ state: 'agent_unknown', stage: 'agent' },
    prepare(site, { agent }) {
      dropCallbacks(site, agent);
      openPhone(site, agent);
      site.simulator.faults.add({ on: 'create', number: agent, effect: { kind: 'lost' } });
    },
    reach: () => {},
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'no_answer' },
  },
  {
    name: 'the response to the agent’s call is late: the phone rings, and is picked up afterwards',
    ...{ state: 'agent_dialing', stage: 'agent' },
    prepare(site, { agent }) {
      dropCallbacks(site, agent);
      openPhone(site, agent);
      site.simulator.faults.add({ on: 'create', number: agent, effect: { kind: 'slow', seconds: 7 } });
    },
    reach: () => {},
    afterwards: (site, call) => closePhone(site, call.agent.phone),
    ...{ outcome: 'completed', endedBy: 'visitor', first: 'accepted' },
  },
];

export const scenes: readonly Scene[] = [...talking, ...last, ...ofVisitor, ...ofAgent];
