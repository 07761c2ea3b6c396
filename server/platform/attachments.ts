import type { Db } from '#db/client.ts';
import type { Account } from './auth/sessions.ts';

/** Who wants to read a file: the browser's buyer, the logged-in account, or the holder of a link. */
export interface Reader {
  buyerId: string | null;
  account: Account | null;
  /** What the holder's link leads to, such as "complaint:<id>". */
  holds?: string;
}

/** Returns whether somebody may read what hangs on a thing of a feature. */
export type MayRead = (db: Db, subjectId: string, reader: Reader) => Promise<boolean>;

/** By the type of the thing. */
export type Attachments = Readonly<Record<string, MayRead>>;
