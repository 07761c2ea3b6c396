/** The tables of the floor's inserts, as narrow as they can be. */
export const requiredTables = `
  create schema if not exists floor;
  create table if not exists floor.solutions (id uuid primary key, at timestamptz not null default now());
  create table if not exists floor.lines (
    id bigint primary key generated always as identity, solution_id uuid not null references floor.solutions,
    product_id bigint not null references products, quantity int not null);
  create index if not exists lines_solution on floor.lines (solution_id);
  create table if not exists floor.requests (
    id bigint primary key generated always as identity, solution_id uuid not null references floor.solutions);
  create table if not exists floor.enquiry_lines (
    request_id bigint not null references floor.requests, vendor_id bigint, line_id bigint not null references floor.lines);
  create table if not exists floor.mails (
    id bigint primary key generated always as identity, request_id bigint not null references floor.requests,
    text text not null)`;
