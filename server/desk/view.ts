import * as calls from '#server/calls/service.ts';
import * as catalog from '#server/catalog/service.ts';
import * as money from '#server/common/money.ts';
import type { OwnStatus } from '#server/presence/schema.ts';
import type { AboutRow, CallBackRow, CallRow, EnquiryRow, MeRow, RecentRow } from './rows.ts';
import * as rules from './rules.ts';
import type { DeskCall, DeskCallBack, DeskCallRow, DeskEnquiry } from './schema.ts';

/** Converts PostgreSQL's text of an instant to ISO 8601 in UTC. */
const instant = (text: string): string => new Date(text).toISOString();
const instantOrNull = (text: string | null): string | null => (text === null ? null : instant(text));

/** Returns the agent's status, with the last four digits of their number so that they can check it. */
export function ownStatus(me: MeRow): OwnStatus {
  return {
    status: me.status,
    since: instant(me.since),
    declared: me.declared,
    phoneUntil: instantOrNull(me.phoneUntil),
    unreachableSince: instantOrNull(me.unreachableSince),
    phoneEnding: me.phone?.slice(-4) ?? null,
  };
}

function commonFields({ id, name, phone, locale, kind, offerId, product }: AboutRow) {
  return {
    id,
    kind,
    caller: { name, maskedPhone: rules.maskPhone(phone), locale },
    offerId: String(offerId),
    product: { ...product, id: String(product.id), slug: catalog.slugOf(product.name) },
  };
}

/** Returns the agent's current call. */
export function call(
  row: CallRow,
  { phase, ...found }: Pick<DeskCall, 'phase' | 'shared' | 'nextAgent'>,
  now: Date,
): DeskCall {
  const wrapUpUntil = phase === 'wrap_up' ? row.wrapUpUntil : null;
  return {
    ...commonFields(row),
    ...{ phase, ...found },
    own: ownOffer(row.own),
    earlier: row.earlier.map((one) => ({ ...one, at: instant(one.at) })),
    isCallBack: row.callBackId !== null,
    callBackNote: row.callBackNote,
    ringingAt: instantOrNull(row.ringingAt),
    pickedUpAt: instantOrNull(row.pickedUpAt),
    ringsUntil: ringsUntil(row),
    answeredAt: instantOrNull(row.answeredAt),
    endedAt: instantOrNull(row.endedAt),
    talkSeconds: row.talkSeconds,
    outcome: row.outcome,
    wrapUpUntil: instantOrNull(wrapUpUntil),
    paid: row.isPaid ? paidView(row) : null,
    note: row.note,
    can: rules.deskCan(
      {
        phase,
        isOver: row.state === 'closed',
        wrapUpUntil: wrapUpUntil === null ? null : new Date(wrapUpUntil),
        wrapUpExtended: row.wrapUpExtended,
        keptUntil: row.keptUntil === null ? null : new Date(row.keptUntil),
      },
      now,
    ),
  };
}

function paidView({ answeredAt, maxSeconds, keptUntil }: CallRow): DeskCall['paid'] {
  const endsAt = answeredAt === null ? null : new Date(Date.parse(answeredAt) + maxSeconds * 1000);
  return { maxSeconds, endsAt: endsAt?.toISOString() ?? null, keptUntil: instantOrNull(keptUntil) };
}

const ringsUntil = ({ state, ringingAt }: CallRow): string | null =>
  state === 'agent_ringing' && ringingAt !== null
    ? new Date(Date.parse(ringingAt) + calls.ringSeconds.agent * 1000).toISOString()
    : null;

function ownOffer({ sku, stock, unit, price, currency, priceBreaks }: CallRow['own']): DeskCall['own'] {
  return {
    ...{ sku, stock, unit },
    price: money.fromDatabase(price, currency),
    priceBreaks: priceBreaks.map(([quantity, each]) => ({
      quantity,
      price: money.fromDatabase(each, currency),
    })),
  };
}

export function recentCall(row: RecentRow): DeskCallRow {
  const { outcome, talkSeconds, note, seen, takenBy, rating } = row;
  return {
    ...commonFields(row),
    at: instant(row.at),
    result: rules.resultOf(row),
    ...{ outcome, talkSeconds, takenBy, rating, note, seen },
  };
}

export function callBack(row: CallBackRow): DeskCallBack {
  const { status, note, attempts, calledBy } = row;
  return {
    ...commonFields(row),
    ...{ status, note, attempts, calledBy },
    wantedAt: instant(row.wantedAt),
    createdAt: instant(row.createdAt),
  };
}

/** Returns an open enquiry. `href`: the URL of the agent's answer page. */
export function enquiry(row: EnquiryRow, href: string): DeskEnquiry {
  const { number, kind, buyer, status, timeZone, lines } = row;
  return {
    ...{ number, kind, buyer, status, timeZone, href },
    lines: lines.length,
    total: rules.sumOf(lines.map(rules.lineTotal)),
    deadline: instantOrNull(row.deadline),
  };
}
