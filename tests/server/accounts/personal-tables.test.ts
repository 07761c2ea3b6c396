import { expect, test } from 'vitest';
import { personalData } from '#server/personal.ts';
import { startWithWorld } from '../../world.ts';

const { service } = await startWithWorld();

/** Tables that hold addresses, numbers or acts only of partners' people, or of staff. */
const NOT_OF_BUYERS = ['agents', 'vendors', 'agent_presence', 'agent_leases'];
/** Tables of the platform that hold no more than keyed hashes, or what happened. */
const NAMES_NOBODY = ['mail_allowances', 'forgotten'];

const named =
  /^(buyer|account|guest|requester|approver|stand_in|visitor|owner|actor)(_id)?$|email|phone|^(decided|accepted|invited|confirmed|reversed)_(by|for)$|^contact_|^author_name$|^to_name$/;

test('every table that points to a buyer or an account, or has their addresses, is in a feature’s list', async () => {
  const columns = await service.ctx.sql<{ table: string; column: string }[]>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`;
  const references = await service.ctx.sql<{ table: string }[]>`
    select distinct conrelid::regclass::text as "table" from pg_constraint
    where contype = 'f' and confrelid in ('buyers'::regclass, 'accounts'::regclass)`;
  const pointing = new Set([
    ...references.map(({ table }) => table),
    ...columns.filter(({ column }) => named.test(column)).map(({ table }) => table),
  ]);
  const listed = personalData.flatMap(({ tables }) => Object.keys(tables));
  const others = [...NOT_OF_BUYERS, ...NAMES_NOBODY];
  expect([...pointing].filter((table) => !listed.includes(table) && !others.includes(table))).toEqual([]);
  expect(listed.filter((table, index) => listed.indexOf(table) !== index)).toEqual([]);
  const known = new Set(columns.map(({ table }) => table));
  expect(listed.filter((table) => !known.has(table))).toEqual([]);
});
