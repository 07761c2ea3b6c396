import type { Db } from '#db/client.ts';
import type { Account } from './auth/sessions.ts';

/** Who wants to read a file: the browser's buyer, the logged-in account, or the holder of a link. */
export interface Reader {
  buyerId: string | null;
  account: Account | null;
  /** What the holder's link leads to, such as "complaint:<id>". */
  holds?: string;
}

/** Returns whether somebody may read a file of a thing of a feature, and audits it if they are staff. */
export type MayRead = (db: Db, subjectId: string, reader: Reader, at: Date) => Promise<boolean>;

/** By the type of the thing. */
export type Attachments = Readonly<Record<string, MayRead>>;
