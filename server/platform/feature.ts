import type { Context } from '#server/context.ts';
import type { MayRead } from './attachments.ts';
import type { Store } from './backup/store.ts';
import type { Link } from './auth/links.ts';
import type { OperationDocs } from './docs.ts';
import type { RefusalTable } from './errors.ts';
import type { Forgetting } from './forgetting.ts';
import type { App } from './http.ts';
import type { Reaction } from './hooks.ts';
import type { JobHandler } from './jobs.ts';
import type { MailTemplate } from './mailing/template.ts';
import type { PersonalData } from './personal.ts';
import type { Metric } from './metrics.ts';
import type { TopicKind } from './realtime/topics.ts';

/** Groups of routes by who may use them. `auth/scopes.ts` has the checks. */
export const scopes = ['public', 'buyer', 'agent', 'vendor', 'staff', 'link', 'webhook', 'machine'] as const;
export type Scope = (typeof scopes)[number];

/** Returns what a feature adds to /metrics. Must not throw because something besides the database is away. */
export type Measure = (ctx: Context) => Promise<Metric[]>;

export type Routes = (app: App, ctx: Context) => void | Promise<void>;

/** The parts of a folder of `server/`. `server/features.ts` lists all features. */
export interface Feature {
  name: string;
  /** The words of its operations in the API document. */
  docs?: OperationDocs;
  routes?: Partial<Record<Scope, Routes>>;
  /** The kinds of links whose holders its operations admit. */
  links?: readonly Link<object>[];
  jobs?: (ctx: Context) => JobHandler[];
  /** Runs every few seconds in each process that serves, also while no worker lives. */
  watch?: (ctx: Context) => Promise<void>;
  /** Reactions to hooks of features below, in the same transaction. */
  reactions?: readonly Reaction[];
  /** Topics by the first word of their name: `product` for "product:7". */
  topics?: (ctx: Context) => Record<string, TopicKind>;
  /** Who may read uploads that hang on its things, by their type: `complaint-message`. */
  attachments?: Readonly<Record<string, MayRead>>;
  /** Templates of its mails. */
  mails?: readonly MailTemplate[];
  refusals?: RefusalTable;
  metrics?: Measure;
  /** What it keeps outside of the database and belongs into backups. */
  stores?: readonly Store[];
  /** What it forgets, to be forgotten again after a restore. */
  forgets?: readonly Forgetting[];
  /** What it keeps of people: what they get as a copy, and what is erased with them. */
  personal?: PersonalData;
}
