import { type SQL, sql } from 'drizzle-orm';
import { type Db, planOnce } from '#db/client.ts';
import { solutions } from '#db/tables/solutions.ts';
import { commonCurrency } from '#server/common/currencies.ts';
import { currencies, usualMinorDigits } from '#server/common/money.ts';
import { isOwn } from '../queries.ts';
import { solutionColumns } from '../reading/queries.ts';
import type { StoredSolution } from '../rules.ts';

/** Sums over all lines of a solution. Amounts are decimal strings. */
export interface Sums {
  linesTotal: number;
  /** The number of lines that prevent sending. */
  blockedTotal: number;
  /** Lines that ask more than one vendor. */
  comparedTotal: number;
  totals: { currency: string; low: string; high: string }[];
  /** The currency that lines are compared in, and each line at its lowest price in it. `converted`: null without a rate. */
  currency: string;
  lowest: { currency: string; lines: number; amount: string; converted: string | null }[];
  /** In the order of the lines. */
  parts: {
    vendor: { id: number; name: string; slug: string; ratingCount: number; ratingTotal: number };
    linesTotal: number;
    subtotals: { currency: string; amount: string }[];
    onRequest: number;
  }[];
  /** Removed lines that can still be restored. */
  removed: { lineId: string; name: string; removedAt: string }[];
}

const unusualDigits = Object.fromEntries(
  Object.entries(currencies).filter(([, digits]) => digits !== usualMinorDigits),
);

const digitsOf = (currency: SQL) =>
  sql`coalesce((${JSON.stringify(unusualDigits)}::jsonb ->> ${currency})::int, ${usualMinorDigits}::int)`;

/** The same as `rules.unitPrice` and `money.lineTotal`, in SQL. */
const lineTotal = sql`round(
  case when o.price is not null then l.quantity * coalesce(
    (select (step.value ->> 1)::numeric from jsonb_array_elements(o.price_breaks) with ordinality as step(value, nth)
      where (step.value ->> 0)::bigint <= l.quantity order by step.nth desc limit 1), o.price) end,
  ${digitsOf(sql`o.currency`)})`;

/** The same as `money.convert`, in SQL: `div` is exact, so this rounds once. */
const converted = sql`case when a.currency = t.currency then a.total else
  div(2 * a.total * t.per_euro * t.units + r.per_euro, 2 * r.per_euro) / t.units end`;

/** What a total is to be in. `perEuro`: exact decimal strings by currency, the euro's too. */
export interface TotalScale {
  wanted: string | undefined;
  perEuro: Readonly<Record<string, string>>;
}

/** Selects the sums as one jsonb value. Same order as `findLines`: lines, then vendors' names. */
const sums = (removedSince: Date, { wanted, perEuro }: TotalScale): SQL<Sums> => sql`(${planOnce}
  with rates as materialized (
    select key as currency, value::numeric as per_euro from jsonb_each_text(${JSON.stringify(perEuro)}::jsonb)
  ), there as (
    select id, product_id, position, quantity from solution_lines
    where solution_id = solutions.id and removed_at is null
  ), held as (
    select l.id as line_id, o.vendor_id, o.currency, ${lineTotal} as total,
      o.withdrawn_at is not null as is_withdrawn,
      v.email is null or l.quantity < o.minimum or l.quantity % o.pack_size <> 0 as is_problem,
      row_number() over (order by l.position, l.id, v.name_folded, o.id) as nth
    from there l
    join solution_line_offers x on x.line_id = l.id
    join offers o on o.id = x.offer_id and o.product_id = l.product_id
    join vendors v on v.id = o.vendor_id
  ), asked as (
    select * from held where not is_withdrawn
  ), by_line as (
    select line_id, count(*) filter (where not is_withdrawn) as vendors,
      bool_or(is_problem or is_withdrawn) as is_problem
    from held group by line_id
  ), ranges as (
    select currency, min(total) as low, max(total) as high, min(nth) as nth
    from asked where total is not null group by line_id, currency
  ), totals as (
    select currency, sum(low)::text as low, sum(high)::text as high, min(nth) as nth from ranges group by currency
  ), target as materialized (
    select currency, (select per_euro from rates where rates.currency = own.currency) as per_euro,
      10::numeric ^ ${digitsOf(sql`own.currency`)} as units
    from (select coalesce(${wanted ?? null}::text,
      (select min(currency) from asked where total is not null having count(distinct currency) = 1),
      ${commonCurrency}::text) as currency) as own
  ), lowest as (
    select distinct on (a.line_id) a.line_id, a.currency, a.total, a.nth, ${converted} as about
    from asked a cross join target t left join rates r on r.currency = a.currency
    where a.total is not null order by a.line_id, about nulls last, a.nth
  ), by_lowest as (
    select currency, count(*) as lines, sum(total) as amount, min(nth) as nth,
      case when count(about) = count(*) then sum(about) end as converted
    from lowest group by currency
  ), subtotals as materialized (
    select vendor_id, currency, sum(total)::text as amount, min(nth) as nth
    from asked where total is not null group by vendor_id, currency
  ), parts as (
    select vendor_id, count(*) as lines, count(*) filter (where total is null) as on_request, min(nth) as nth
    from asked group by vendor_id
  )
  select jsonb_build_object(
    'linesTotal', (select count(*) from there),
    'blockedTotal', (select count(*) from there) - (select count(*) from by_line where not is_problem),
    'comparedTotal', (select count(*) from by_line where vendors > 1),
    'totals', (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'low', low, 'high', high)
      order by nth), '[]') from totals),
    'currency', (select currency from target),
    'lowest', (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'lines', lines,
      'amount', amount::text, 'converted', trim_scale(converted)::text) order by nth), '[]') from by_lowest),
    'parts', (select coalesce(jsonb_agg(jsonb_build_object(
      'vendor', jsonb_build_object('id', v.id, 'name', v.name, 'slug', v.slug,
        'ratingCount', v.rating_count, 'ratingTotal', v.rating_total),
      'linesTotal', p.lines, 'onRequest', p.on_request,
      'subtotals', (select coalesce(jsonb_agg(jsonb_build_object('currency', s.currency, 'amount', s.amount)
        order by s.nth), '[]') from subtotals s where s.vendor_id = p.vendor_id)) order by p.nth), '[]')
      from parts p join vendors v on v.id = p.vendor_id),
    'removed', (select coalesce(jsonb_agg(jsonb_build_object('lineId', l.id, 'name', p.name,
        'removedAt', l.removed_at) order by l.position, l.id), '[]')
      from solution_lines l join products p on p.id = l.product_id
      where l.solution_id = solutions.id and l.removed_at > ${removedSince.toISOString()})))`;

/** Returns the buyer's solution with the sums of all its lines; `id` may be `current`. */
export async function findWithSums(
  db: Db,
  buyerId: string,
  id: string,
  removedSince: Date,
  scale: TotalScale,
): Promise<(StoredSolution & { sums: Sums }) | null> {
  const [solution] = await db
    .select({ ...solutionColumns, sums: sums(removedSince, scale) })
    .from(solutions)
    .where(isOwn(buyerId, id));
  return solution ?? null;
}
