import type { Context } from '#server/context.ts';
import type { RefusalTable } from './errors.ts';
import type { App } from './http.ts';
import type { Reaction } from './hooks.ts';
import type { JobHandler } from './jobs.ts';
import type { MailTemplate } from './mailing/template.ts';
import type { TopicKind } from './realtime/topics.ts';

/** Who a group of routes is for. `auth/scopes.ts` has a plugin for each. */
export const scopes = ['public', 'buyer', 'agent', 'vendor', 'staff', 'link', 'webhook', 'machine'] as const;
export type Scope = (typeof scopes)[number];

export type Routes = (app: App, ctx: Context) => void | Promise<void>;

/** What a folder of `server/` brings to the processes. `server/features.ts` lists them all. */
export interface Feature {
  name: string;
  routes?: Partial<Record<Scope, Routes>>;
  jobs?: (ctx: Context) => JobHandler[];
  /** What it does, in the same transaction, when something happens in a feature below. */
  reactions?: readonly Reaction[];
  /** Topics for pages by the first word of their name: `product` is for "product:7". */
  topics?: (ctx: Context) => Record<string, TopicKind>;
  /** How its kinds of mail are written. */
  mails?: readonly MailTemplate[];
  refusals?: RefusalTable;
}
