import type postgres from 'postgres';
import type { AgentRow, Duty } from './agents.ts';
import type { Hours } from './hours.ts';
import type { KnownCategory, NewCategory } from './categories.ts';
import type { VendorRow } from './vendors.ts';

type Sql = postgres.ReservedSql;

export interface StoredVendor {
  id: number;
  slug: string;
  /** As stored; the import's own name is written last. */
  name: string;
  currency: string | null;
}

/** When this import changes products: after all earlier changes, whatever the clocks of those who made them. */
export async function timeOfChanges(sql: Sql, now: Date): Promise<Date> {
  const [time] = await sql<{ at: Date }[]>`
    select greatest(${now}::timestamptz, max(updated_at) + interval '1 ms') as at from products`;
  return time?.at ?? now;
}

/**
 * Adds new vendors and changes what the file says differently, all but the name: products are found by it, so it
 * follows them. What the file leaves out stays. Returns the vendors of the file.
 */
export async function writeVendors(
  sql: Sql,
  vendors: readonly VendorRow[],
  now: Date,
): Promise<StoredVendor[]> {
  const rows = vendors.map((vendor) => ({ ...vendor }));
  await sql`
    with given as (
      select * from jsonb_to_recordset(${sql.json(rows)}) as r(slug text, name text, "nameFolded" text, kind text,
        description text, email text, "emailOtherwise" text, phone text, country text, currency text,
        "timeZone" text, locale text)
    ), updated as (
      update vendors v set kind = coalesce(g.kind, v.kind), description = coalesce(g.description, v.description),
        email = coalesce(g.email, v.email, g."emailOtherwise"), phone = coalesce(g.phone, v.phone),
        country = coalesce(g.country, v.country), currency = coalesce(g.currency, v.currency),
        time_zone = coalesce(g."timeZone", v.time_zone), locale = coalesce(g.locale, v.locale), updated_at = ${now}
      from given g
      where v.slug = g.slug and (v.kind, v.description, v.email, v.phone, v.country, v.currency, v.time_zone, v.locale)
        is distinct from (coalesce(g.kind, v.kind), coalesce(g.description, v.description),
          coalesce(g.email, v.email, g."emailOtherwise"), coalesce(g.phone, v.phone), coalesce(g.country, v.country),
          coalesce(g.currency, v.currency), coalesce(g."timeZone", v.time_zone), coalesce(g.locale, v.locale))
    )
    insert into vendors (slug, name, name_folded, kind, description, email, phone, country, currency, time_zone, locale,
      created_at, updated_at)
    select slug, name, "nameFolded", coalesce(kind, ''), coalesce(description, ''), coalesce(email, "emailOtherwise"),
      phone, country, currency, coalesce("timeZone", 'UTC'), coalesce(locale, 'en'), ${now}, ${now}
    from given g
    where not exists (select from vendors v where v.slug = g.slug)`;
  return sql<StoredVendor[]>`
    select id::float8 as id, slug, name, currency from vendors where slug = any(${vendors.map((v) => v.slug)})`;
}

export async function renameVendors(
  sql: Sql,
  names: readonly { id: number; name: string; nameFolded: string }[],
  now: Date,
): Promise<void> {
  await sql`
    update vendors v set name = r.name, name_folded = r."nameFolded", updated_at = ${now}
    from jsonb_to_recordset(${sql.json(names.map(({ id, name, nameFolded }) => ({ id, name, nameFolded })))})
      as r(id bigint, name text, "nameFolded" text)
    where v.id = r.id`;
}

/** Products with an offer of one of the vendors, a page at a time by id. */
export async function productsOfVendors(
  sql: Sql,
  vendorIds: readonly number[],
  afterId: number,
  limit: number,
): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select distinct product_id::float8 as id from offers
    where vendor_id = any(${vendorIds as number[]}::bigint[]) and product_id > ${afterId}
    order by 1 limit ${limit}`;
  return rows.map((row) => row.id);
}

export function allCategories(sql: Sql): Promise<KnownCategory[]> {
  return sql<KnownCategory[]>`
    select id::float8 as id, path, slug_path as "slugPath", lineage::float8[] as lineage from categories`;
}

export async function newCategoryIds(sql: Sql, count: number): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('categories', 'id'))::float8 as id
    from generate_series(1, ${count}::int)`;
  return rows.map((row) => row.id);
}

export async function addCategories(sql: Sql, categories: readonly NewCategory[]): Promise<void> {
  if (categories.length === 0) return;
  await sql`
    insert into categories (id, parent_id, level, name, path, slug_path, lineage)
    overriding system value
    select id, "parentId", level, name, path, "slugPath", lineage
    from jsonb_to_recordset(${sql.json(categories.map((category) => ({ ...category })))}) as r(id bigint, "parentId" bigint,
      level smallint, name text, path text, "slugPath" text, lineage bigint[])`;
}

/** Products in each category and below, where the count differs. */
export async function countProducts(sql: Sql): Promise<void> {
  await sql`
    update categories c set product_count = coalesce(n.count, 0)
    from categories a
    left join (
      select up.id, sum(own.count)::int as count
      from (select category_id, count(*) as count from products group by 1) own
      join categories leaf on leaf.id = own.category_id
      cross join unnest(leaf.lineage) as up(id)
      group by up.id
    ) n on n.id = a.id
    where a.id = c.id and c.product_count is distinct from coalesce(n.count, 0)`;
}

/** Reference rates of the European kind: 1 euro = `rate` (a decimal string) of the currency on that day. */
export interface Rate {
  currency: string;
  date: string;
  rate: string;
}

/** Keeps the rates; a day's rate that is known already stays. */
export async function addRates(sql: postgres.Sql, rates: readonly Rate[]): Promise<void> {
  await sql`
    insert into exchange_rates ${sql([...rates], 'currency', 'date', 'rate')} on conflict do nothing`;
}

/** Adds the agent or changes what differs, and makes its responsibilities and, where they are said, its hours exactly these. */
export async function writeAgent(sql: Sql, agent: AgentRow, duties: readonly Duty[]): Promise<void> {
  const { vendorId, name, email, kind, languages, phone, locale } = agent;
  await sql`
    insert into agents (vendor_id, name, email, kind, languages, phone, locale)
    values (${vendorId}, ${name}, ${email}, ${kind}, ${languages}, ${phone}, ${locale})
    on conflict (vendor_id, email) do update
      set name = excluded.name, kind = excluded.kind, languages = excluded.languages,
        phone = coalesce(excluded.phone, agents.phone), locale = excluded.locale
      where (agents.name, agents.kind, agents.languages, agents.phone, agents.locale)
        is distinct from (excluded.name, excluded.kind, excluded.languages,
          coalesce(excluded.phone, agents.phone), excluded.locale)`;
  await sql`
    with agent as (select id from agents where vendor_id = ${vendorId} and email = ${email}),
    given as (
      select * from jsonb_to_recordset(${sql.json(duties.map((duty) => ({ ...duty })))}) as r("categoryId" bigint, "productId" bigint)
    ), ended as (
      delete from agent_responsibilities r using agent
      where r.agent_id = agent.id and not exists (select from given g
        where g."categoryId" is not distinct from r.category_id and g."productId" is not distinct from r.product_id)
    )
    insert into agent_responsibilities (agent_id, category_id, product_id)
    select agent.id, g."categoryId", g."productId" from given g, agent
    on conflict do nothing`;
  if (agent.hours) await writeHours(sql, agent, agent.hours);
}

async function writeHours(sql: Sql, { vendorId, email }: AgentRow, hours: readonly Hours[]): Promise<void> {
  await sql`
    with agent as (select id from agents where vendor_id = ${vendorId} and email = ${email}),
    given as (
      select * from jsonb_to_recordset(${sql.json(hours.map((day) => ({ ...day })))})
        as r(weekday smallint, opens time, closes time)
    ), ended as (
      delete from agent_hours h using agent
      where h.agent_id = agent.id and h.weekday not in (select weekday from given)
    )
    insert into agent_hours (agent_id, weekday, opens, closes)
    select agent.id, g.weekday, g.opens, g.closes from given g, agent
    on conflict (agent_id, weekday) do update set opens = excluded.opens, closes = excluded.closes
      where (agent_hours.opens, agent_hours.closes) is distinct from (excluded.opens, excluded.closes)`;
}

/** Statistics for the planner, and the search indexes' waiting entries moved into place. Not in a transaction. */
export async function settleTables(sql: Sql): Promise<void> {
  await sql`vacuum (analyze) products, product_codes, offers, vendors, categories`;
}
