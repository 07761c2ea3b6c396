import { type Static, Type } from 'typebox';
import { agentKinds, agentStatuses, declaredStatuses } from '#server/common/enums/agents.ts';
import { Id, Instant, InstantOrNull, TextOrNull, StringEnum } from '#server/platform/schema.ts';

/** The public status. `busy`: reserved, in a call or wrap-up. `away`: a break. `offline`: also unreachable. */
export const Status = StringEnum(agentStatuses);
export type Status = Static<typeof Status>;

/** An agent's public data, without phone number and e-mail address. */
export const AgentState = Type.Object(
  {
    id: Id,
    vendorId: Id,
    name: Type.String(),
    kind: StringEnum(agentKinds),
    languages: Type.Array(Type.String()),
    status: Status,
    /** Since when the agent has this status; null if they have never logged in. */
    since: InstantOrNull,
    /** The start of the agent's next working hours while they are offline; null if unknown. */
    worksFrom: InstantOrNull,
  },
  { title: 'AgentState' },
);
export type AgentState = Static<typeof AgentState>;

/** The state of topic `product:<id>`. */
export const ProductAgents = Type.Object(
  {
    agents: Type.Array(AgentState),
    /** Whether calls can be made: false where calling is off, and while no worker lives. */
    calling: Type.Boolean(),
  },
  { title: 'ProductAgents' },
);
export type ProductAgents = Static<typeof ProductAgents>;

export const Declared = StringEnum(declaredStatuses);
export type Declared = Static<typeof Declared>;

export const SetStatusBody = Type.Object(
  {
    status: Declared,
    /** With `available`: the agent stays available by phone until then without an open page, at most 24 hours. */
    until: Type.Optional(Instant),
  },
  { additionalProperties: false },
);
export type SetStatusBody = Static<typeof SetStatusBody>;

export const OwnStatus = Type.Object(
  {
    status: Status,
    since: Instant,
    declared: Declared,
    phoneUntil: InstantOrNull,
    /** Set after two unanswered calls in a row. The agent gets no calls until they declare a status again. */
    unreachableSince: InstantOrNull,
    /** The last digits of the agent's number, so that they can check it; null if it can't be called. */
    phoneEnding: TextOrNull,
  },
  { title: 'OwnStatus' },
);
export type OwnStatus = Static<typeof OwnStatus>;
