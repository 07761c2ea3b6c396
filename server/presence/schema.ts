import { type Static, Type } from 'typebox';
import { agentKinds, agentStatuses, declaredStatuses } from '#server/common/enums/agents.ts';
import { Id, Instant, InstantOrNull, TextOrNull, StringEnum } from '#server/platform/schema.ts';

/** As everyone is shown an agent: reserved, in a call and wrap-up are `busy`, a break is `away`, unreachable is `offline`. */
export const Status = StringEnum(agentStatuses);
export type Status = Static<typeof Status>;

/** An agent as buyers see one: never a phone number, never an address. */
export const AgentState = Type.Object(
  {
    id: Id,
    vendorId: Id,
    name: Type.String(),
    kind: StringEnum(agentKinds),
    languages: Type.Array(Type.String()),
    status: Status,
    /** Since when this status holds; null for an agent who never logged in. */
    since: InstantOrNull,
    /** The agent's next working time while it is offline, from the working hours; null when none is known. */
    worksFrom: InstantOrNull,
  },
  { title: 'AgentState' },
);
export type AgentState = Static<typeof AgentState>;

/** The state of topic `product:<id>`. */
export const ProductAgents = Type.Object({ agents: Type.Array(AgentState) }, { title: 'ProductAgents' });
export type ProductAgents = Static<typeof ProductAgents>;

export const Declared = StringEnum(declaredStatuses);
export type Declared = Static<typeof Declared>;

export const SetStatusBody = Type.Object(
  {
    status: Declared,
    /** With `available`: stays so by phone until then, with no page open; at most 24 hours ahead. */
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
    /** Two calls in a row were not answered: calls go elsewhere until the agent declares a status again. */
    unreachableSince: InstantOrNull,
    /** The last digits of the number that rings, so that the agent can check it; null without a number. */
    phoneEnding: TextOrNull,
  },
  { title: 'OwnStatus' },
);
export type OwnStatus = Static<typeof OwnStatus>;
