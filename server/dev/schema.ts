import { type Static, Type } from 'typebox';
import { accountRoles } from '#server/common/enums/accounts.ts';
import { Instant, InstantOrNull, NumberOrNull, TextOrNull, StringEnum } from '#server/platform/schema.ts';

/** A mail that the demo caught instead of sending. `at` is when it arrived. */
export const CaughtMail = Type.Object({
  id: Type.String(),
  /** The envelope's recipient. */
  to: Type.String(),
  from: Type.String(),
  subject: Type.String(),
  messageId: Type.String(),
  text: Type.String(),
  html: TextOrNull,
  /** Every web address in either part, once. */
  links: Type.Array(Type.String()),
  at: Type.String({ format: 'date-time' }),
});
export type CaughtMail = Static<typeof CaughtMail>;

/** One of the demo people, with the password everybody may know. */
export const DemoPerson = Type.Object({
  name: Type.String(),
  email: Type.String(),
  password: Type.String(),
  role: StringEnum(accountRoles),
  vendorId: Type.Optional(Type.String()),
  agentId: Type.Optional(Type.String()),
  /** E.164: of an agent the phone that calls ring, of a buyer one to call from. */
  phone: Type.Optional(Type.String()),
});
export type DemoPerson = Static<typeof DemoPerson>;

/** What a phone does that nobody plays. `declines` and `silent` answer, then press 2 or nothing. */
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
  /** `listening`: answered, to words of the service; `talking`: joined with another phone. */
  state: StringEnum(['ringing', 'listening', 'talking']),
  /** Since when it is in that state. */
  since: Instant,
  /** Everything said or played on it so far, in order; `language` as the service named it. */
  heard: Type.Array(
    Type.Object({
      at: Instant,
      kind: StringEnum(['say', 'play']),
      text: Type.String(),
      language: TextOrNull,
    }),
  ),
  /** A prompt waits for keys. */
  awaitsKeys: Type.Boolean(),
  /** Keys pressed so far. */
  digits: Type.String(),
  /** The number of whom it talks with. */
  talkingWith: TextOrNull,
});

/** A phone that is played, in a call, or told how to behave. */
export const Phone = Type.Object({
  number: Type.String(),
  /** The number as people write it. */
  shown: Type.String(),
  /** By a person or a script, not by itself. */
  played: Type.Boolean(),
  behaviour: Behaviour,
  /** With `hangs_up`: seconds after it answered. */
  hangsUpAfter: NumberOrNull,
  line: Type.Union([PhoneLine, Type.Null()]),
});
export type Phone = Static<typeof Phone>;

/** One phone's part in a call, as the network saw it: what really happened. */
export const PhoneLeg = Type.Object({
  sid: Type.String(),
  to: Type.String(),
  toShown: Type.String(),
  /** Twilio's word: queued, initiated, ringing, in-progress, completed, busy, no-answer, failed, canceled. */
  status: Type.String(),
  at: Instant,
  answeredAt: InstantOrNull,
  endedAt: InstantOrNull,
  /** Seconds from the answer to the end; null while it lasts. */
  seconds: NumberOrNull,
  digits: Type.String(),
  endedBy: TextOrNull,
});
export type PhoneLeg = Static<typeof PhoneLeg>;

/** All phones at one moment: what `/dev/phones/events` sends again after each change. */
export const PhonesNow = Type.Object({
  /** The time by which the others are meant. */
  now: Instant,
  /** The service's own number: what phones show. */
  ours: Type.String(),
  oursShown: Type.String(),
  phones: Type.Array(Phone),
  /** The last 20, newest first. */
  legs: Type.Array(PhoneLeg),
});
export type PhonesNow = Static<typeof PhonesNow>;

/** A number with somebody behind it. */
export const KnownNumber = Type.Object({
  number: Type.String(),
  shown: Type.String(),
  name: Type.String(),
  kind: StringEnum(['buyer', 'sales', 'support']),
  vendor: TextOrNull,
  vendorId: TextOrNull,
  agentId: TextOrNull,
  /** Can log in to the demo. */
  hasLogin: Type.Boolean(),
});
export type KnownNumber = Static<typeof KnownNumber>;

/** `known`: of whom the demo knows the number, those first who can log in. */
export const Phones = Type.Object({ ...PhonesNow.properties, known: Type.Array(KnownNumber) });
export type Phones = Static<typeof Phones>;

/** Names who opens or closes a phone: a page, whose phones close soon after it has stopped listening. */
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
    /** Seconds of ringing before it answers. */
    answersAfter: Type.Optional(Type.Number({ minimum: 0, maximum: 600 })),
    /** Seconds after the answer, with `hangs_up`. */
    hangsUpAfter: Type.Optional(Type.Number({ minimum: 0, maximum: 3_600 })),
  },
  { additionalProperties: false },
);
export type BehaviourBody = Static<typeof BehaviourBody>;
