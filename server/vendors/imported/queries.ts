import type postgres from 'postgres';

type Sql = postgres.ReservedSql;

/** A vendor in an import. Null: the stored value stays. */
export interface ImportedVendor {
  slug: string;
  name: string;
  nameFolded: string;
  kind: string | null;
  description: string | null;
  email: string | null;
  /** Used if neither the import nor the stored vendor has an address. */
  emailOtherwise: string | null;
  phone: string | null;
  country: string | null;
  currency: string | null;
  timeZone: string | null;
  locale: string | null;
}

/** An agent in an import, identified by vendor and e-mail address. */
export interface ImportedAgent {
  vendorId: number;
  name: string;
  email: string;
  kind: 'sales' | 'support';
  languages: string[];
  phone: string | null;
  locale: string;
  /** Null: the stored hours stay. */
  hours: WorkingHours[] | null;
}

/** `weekday`: 1 is Monday. Times "HH:MM" in the vendor's time zone. */
export interface WorkingHours {
  weekday: number;
  opens: string;
  closes: string;
}

/** A category or product that an agent is responsible for: exactly one is set. */
export interface Responsibility {
  categoryId: number | null;
  productId: number | null;
}

export interface StoredVendor {
  id: number;
  slug: string;
  /** The stored name, which the import changes last. */
  name: string;
  currency: string | null;
}

/**
 * Inserts and updates vendors, except names: `renameVendors` changes those after the products' search texts, which
 * contain them. Returns the vendors as stored.
 */
export async function writeVendors(
  sql: Sql,
  vendors: readonly ImportedVendor[],
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

/** Updates vendors' names. */
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

/** Inserts or updates an agent. Replaces responsibilities, and hours unless they are null. */
export async function writeAgent(
  sql: Sql,
  agent: ImportedAgent,
  responsibilities: readonly Responsibility[],
): Promise<void> {
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
      select * from jsonb_to_recordset(${sql.json(responsibilities.map((responsibility) => ({ ...responsibility })))}) as r("categoryId" bigint, "productId" bigint)
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

async function writeHours(
  sql: Sql,
  { vendorId, email }: ImportedAgent,
  hours: readonly WorkingHours[],
): Promise<void> {
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

/** Moves responsibilities for products about to be deleted to their successors (deleted id -> successor id). */
export async function moveResponsibilities(sql: Sql, successors: ReadonlyMap<number, number>): Promise<void> {
  const deleted = [...successors.keys()];
  await sql`
    insert into agent_responsibilities (agent_id, product_id)
    select distinct a.agent_id, m.successor
    from agent_responsibilities a
    join unnest(${deleted}::bigint[], ${[...successors.values()]}::bigint[]) as m(deleted, successor)
      on a.product_id = m.deleted
    on conflict do nothing`;
  await sql`delete from agent_responsibilities where product_id = any(${deleted}::bigint[])`;
}

/** Updates the number of products that each vendor offers. */
export async function countProductsOfVendors(sql: Sql): Promise<void> {
  await sql`
    update vendors v set product_count = coalesce(n.count, 0)
    from vendors every
    left join (
      select vendor_id, count(*)::int as count
      from (select distinct vendor_id, product_id from live_offers) sold
      group by vendor_id
    ) n on n.vendor_id = every.id
    where every.id = v.id and v.product_count <> coalesce(n.count, 0)`;
}
