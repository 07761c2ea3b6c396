import { type Static, Type } from 'typebox';
import { CallKind, CallOutcome, CallStatus } from '#server/calls/schema.ts';
import {
  Day,
  Id,
  Instant,
  InstantOrNull,
  Listing,
  NumberOrNull,
  PageQuery,
  StringEnum,
} from '#server/platform/schema.ts';

/** What a buyer's and a partner's list both say of a call. */
export const listedCall = {
  id: Id,
  kind: CallKind,
  status: CallStatus,
  /** Null until the call has ended. */
  outcome: Type.Union([CallOutcome, Type.Null()]),
  product: Type.Object({ id: Id, slug: Type.String(), code: Type.String(), name: Type.String() }),
  /** The last agent tried; null: nobody was. */
  agent: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
  requestedAt: Instant,
  answeredAt: InstantOrNull,
  endedAt: InstantOrNull,
  talkSeconds: NumberOrNull,
};

const VendorName = Type.Object({ id: Id, name: Type.String(), slug: Type.String() });

/** A call in its buyer's history. */
export const PastCall = Type.Object(
  {
    ...listedCall,
    vendor: VendorName,
    rating: Type.Union([Type.Object({ line: Type.Integer(), agent: Type.Integer() }), Type.Null()]),
    canRate: Type.Boolean(),
    /** What it cost, without what was refunded: a decimal string. */
    credits: Type.String(),
  },
  { title: 'PastCall' },
);
export type PastCall = Static<typeof PastCall>;

export const CallList = Listing(PastCall);
export type CallList = Static<typeof CallList>;

/** A zone of the IANA; the days and weeks are those of its clocks. */
const zone = Type.Optional(Type.String({ maxLength: 60 }));

export const CallListQuery = Type.Object({
  ...PageQuery.properties,
  kind: Type.Optional(CallKind),
  vendor: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })),
});

export const StatisticsQuery = Type.Object({
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  by: StringEnum(['week', 'vendor'], { default: 'week' }),
  timeZone: zone,
});
export type StatisticsQuery = Static<typeof StatisticsQuery>;

const figures = {
  calls: Type.Integer(),
  /** Conversations. */
  answered: Type.Integer(),
  talkSeconds: Type.Integer(),
  /** `talkSeconds` with one decimal. */
  minutes: Type.Number(),
  /** How many calls were rated, and the means of what was given; null: none. */
  ratings: Type.Integer(),
  line: NumberOrNull,
  agent: NumberOrNull,
  /** A decimal string. */
  credits: Type.String(),
};

export const CallFigures = Type.Object(figures, { title: 'CallFigures' });
export type CallFigures = Static<typeof CallFigures>;

export const CallStatistics = Type.Object(
  {
    from: Day,
    to: Day,
    by: StringEnum(['week', 'vendor']),
    /** By week: each week, also without calls, by its Monday. By vendor: most calls first. */
    items: Type.Array(
      Type.Object({
        ...figures,
        week: Type.Optional(Day),
        vendor: Type.Optional(Type.Object({ id: Id, name: Type.String() })),
      }),
    ),
    total: CallFigures,
  },
  { title: 'CallStatistics' },
);
export type CallStatistics = Static<typeof CallStatistics>;
