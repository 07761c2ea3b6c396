import { type Static, Type } from 'typebox';
import { accountRoles } from '#server/common/enums/accounts.ts';
import {
  Instant,
  InstantOrNull,
  Money,
  NumberOrNull,
  TextOrNull,
  StringEnum,
} from '#server/platform/schema.ts';

/** A mail that the demo caught. `at`: time of arrival. */
export const CaughtMail = Type.Object({
  id: Type.String(),
  /** The envelope's recipient. */
  to: Type.String(),
  from: Type.String(),
  subject: Type.String(),
  messageId: Type.String(),
  text: Type.String(),
  html: TextOrNull,
  /** All URLs in either part, each once. */
  links: Type.Array(Type.String()),
  at: Type.String({ format: 'date-time' }),
});
export type CaughtMail = Static<typeof CaughtMail>;

/** A demo account, with its public password. */
export const DemoPerson = Type.Object({
  name: Type.String(),
  email: Type.String(),
  password: Type.String(),
  role: StringEnum(accountRoles),
  vendorId: Type.Optional(Type.String()),
  agentId: Type.Optional(Type.String()),
  /** E.164. */
  phone: Type.Optional(Type.String()),
});
export type DemoPerson = Static<typeof DemoPerson>;

/** The behaviour of a phone that nobody operates. `declines` and `silent` pick up, then press 2 or nothing. */
export const Behaviour = StringEnum([
  'answers',
  'hangs_up',
  'declines',
  'silent',
  'voicemail',
  'rejects',
  'busy',
  'no_answer',
  'unreachable',
]);
export type Behaviour = Static<typeof Behaviour>;

/** The call that a phone is in. */
const PhoneLine = Type.Object({
  sid: Type.String(),
  /** The number the phone shows. */
  from: Type.String(),
  /** `listening`: hears prompts. `talking`: connected with another phone. */
  state: StringEnum(['ringing', 'listening', 'talking']),
  /** Since when the phone is in that state. */
  since: Instant,
  /** Everything said or played in this call, in order. `language`: as in TwiML. */
  heard: Type.Array(
    Type.Object({
      at: Instant,
      kind: StringEnum(['say', 'play']),
      text: Type.String(),
      language: TextOrNull,
    }),
  ),
  /** Whether a prompt waits for keys. */
  awaitsKeys: Type.Boolean(),
  /** Keys pressed so far. */
  digits: Type.String(),
  /** The number of the other phone. */
  talkingWith: TextOrNull,
});

/** A phone that is operated by hand, in a call, or has a chosen behaviour. */
export const Phone = Type.Object({
  number: Type.String(),
  /** The number in international notation. */
  shown: Type.String(),
  /** Whether it is operated by a person or a script. */
  played: Type.Boolean(),
  behaviour: Behaviour,
  /** With `hangs_up`: seconds after picking up. */
  hangsUpAfter: NumberOrNull,
  line: Type.Union([PhoneLine, Type.Null()]),
});
export type Phone = Static<typeof Phone>;

/** One phone's part in a call, as the simulated network recorded it. */
export const PhoneLeg = Type.Object({
  sid: Type.String(),
  to: Type.String(),
  toShown: Type.String(),
  /** Twilio's status: queued, initiated, ringing, in-progress, completed, busy, no-answer, failed, canceled. */
  status: Type.String(),
  at: Instant,
  answeredAt: InstantOrNull,
  endedAt: InstantOrNull,
  /** Seconds from pick-up to end; null until then. */
  seconds: NumberOrNull,
  digits: Type.String(),
  endedBy: TextOrNull,
});
export type PhoneLeg = Static<typeof PhoneLeg>;

/** The state of all phones, which `/dev/phones/events` sends after each change. */
export const PhonesNow = Type.Object({
  /** The current time of the simulator. */
  now: Instant,
  /** The service's number, which phones show. */
  ours: Type.String(),
  oursShown: Type.String(),
  phones: Type.Array(Phone),
  /** The last 20 legs, newest first. */
  legs: Type.Array(PhoneLeg),
});
export type PhonesNow = Static<typeof PhonesNow>;

/** The number of a demo buyer or an agent. */
export const KnownNumber = Type.Object({
  number: Type.String(),
  shown: Type.String(),
  name: Type.String(),
  kind: StringEnum(['buyer', 'sales', 'support']),
  vendor: TextOrNull,
  vendorId: TextOrNull,
  agentId: TextOrNull,
  /** Whether this person has a demo login. */
  hasLogin: Type.Boolean(),
});
export type KnownNumber = Static<typeof KnownNumber>;

/** `known`: buyers and agents, first those with a login. */
export const Phones = Type.Object({ ...PhonesNow.properties, known: Type.Array(KnownNumber) });
export type Phones = Static<typeof Phones>;

/** `holder`: the page that opens a phone, which closes soon after the page has stopped listening. */
export const HolderBody = Type.Object(
  { holder: Type.Optional(Type.String({ minLength: 8, maxLength: 64 })) },
  { additionalProperties: false },
);

export const PressBody = Type.Object(
  { digits: Type.String({ pattern: '^[0-9*#]{1,32}$' }) },
  { additionalProperties: false },
);

export const BehaviourBody = Type.Object(
  {
    behaviour: Behaviour,
    /** Seconds of ringing before it picks up. */
    answersAfter: Type.Optional(Type.Number({ minimum: 0, maximum: 600 })),
    /** With `hangs_up`: seconds after picking up. */
    hangsUpAfter: Type.Optional(Type.Number({ minimum: 0, maximum: 3_600 })),
  },
  { additionalProperties: false },
);
export type BehaviourBody = Static<typeof BehaviourBody>;

/** A page of the stand-in for Stripe, with what became of it. */
export const DemoPayment = Type.Object({
  id: Type.String(),
  /** What is bought. */
  description: Type.String(),
  amount: Money,
  /** Where the browser of somebody goes who walks away. */
  leftUrl: Type.String(),
  state: StringEnum(['open', 'processing', 'paid', 'failed', 'expired']),
  refunds: Type.Array(Type.Object({ amount: Money, status: StringEnum(['succeeded', 'pending', 'failed']) })),
  dispute: Type.Union([StringEnum(['needs_response', 'won', 'lost']), Type.Null()]),
});
export type DemoPayment = Static<typeof DemoPayment>;

/** How the stand-in behaves. `reversed`: held back, then the last event first. `isDown`: its API answers 503. */
export const DemoFaults = Type.Object({
  events: StringEnum(['prompt', 'late', 'twice', 'reversed', 'never']),
  isDown: Type.Boolean(),
});
export type DemoFaults = Static<typeof DemoFaults>;

export const DemoPayments = Type.Object({ payments: Type.Array(DemoPayment), faults: DemoFaults });
export type DemoPayments = Static<typeof DemoPayments>;
