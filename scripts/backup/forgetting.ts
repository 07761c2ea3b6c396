import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { forgettings } from '#server/forgetting.ts';
import { type Forgotten, noteForgotten } from '#server/platform/forgetting.ts';
import { counted } from '../plain-error.ts';

/** Forgets in a restored database what was forgotten since its time, and then those notes. Returns what to say of it. */
export async function forgetAgain(
  folder: string,
  database: { transaction: Db['transaction'] },
): Promise<string> {
  const notes = join(folder, 'forgotten');
  const files = await readdir(notes).catch((): string[] => []);
  const forgotten = new Map<string, Forgotten>();
  for (const file of files.sort())
    for (const note of JSON.parse(await readFile(join(notes, file), 'utf8')) as Forgotten[])
      forgotten.set(`${note.kind} ${note.key}`, note);
  for (const { kind, key } of forgotten.values()) {
    const forgetting = forgettings.find((one) => one.kind === kind);
    if (!forgetting) throw new Error(`nothing here forgets ${kind}`);
    await database.transaction(async (tx) => {
      await forgetting.again(tx, key);
      await noteForgotten(tx, kind, key);
    });
  }
  await rm(notes, { recursive: true, force: true });
  return forgotten.size === 0
    ? 'Nothing was forgotten since.'
    : `What was forgotten since is forgotten again, by ${counted(forgotten.size, 'note')}.`;
}
