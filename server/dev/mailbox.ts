import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeHTML } from 'entities';
import PostalMime from 'postal-mime';
import type { CaughtMail } from './schema.ts';

/** Stores mails as files, named by time of arrival, so that they survive a crash. */
export interface Mailbox {
  /** Resolves once the mail is on disk. */
  keep(raw: Buffer, recipient: string): Promise<void>;
  /** Newest first. */
  list(): Promise<CaughtMail[]>;
}

const idForm = /^(\d{13})-\d{6}-[0-9a-f]{8}$/;

export async function openMailbox(folder: string): Promise<Mailbox> {
  await mkdir(folder, { recursive: true });
  const read = new Map<string, Promise<CaughtMail>>();
  let kept = 0;
  return {
    async keep(raw, recipient) {
      kept = (kept + 1) % 1_000_000;
      const number = String(kept).padStart(6, '0');
      const id = `${Date.now()}-${number}-${randomBytes(4).toString('hex')}`;
      const envelope = Buffer.from(`Delivered-To: ${recipient.replace(/[\r\n]/g, '')}\r\n`);
      await writeDurably(folder, `${id}.eml`, Buffer.concat([envelope, raw]));
    },
    async list() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
      const ids = names.map((name) => name.slice(0, -'.eml'.length)).filter((id) => idForm.test(id));
      return Promise.all(
        ids
          .sort()
          .reverse()
          .map((id) => {
            const mail = read.get(id) ?? parseMail(id, join(folder, `${id}.eml`));
            read.set(id, mail);
            return mail;
          }),
      );
    },
  };
}

/** Writes a file atomically and durably. */
async function writeDurably(folder: string, name: string, content: Buffer): Promise<void> {
  const unfinished = join(folder, `${name}.new`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
  const directory = await open(folder);
  await directory.sync();
  await directory.close();
}

async function parseMail(id: string, file: string): Promise<CaughtMail> {
  const mail = await PostalMime.parse(await readFile(file));
  const text = mail.text ?? '';
  const html = mail.html ?? null;
  return {
    id,
    to: mail.deliveredTo ?? '',
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text,
    html,
    links: linksIn(`${text}\n${html === null ? '' : decodeHTML(html)}`),
    at: new Date(Number(idForm.exec(id)?.[1])).toISOString(),
  };
}

function linksIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s"'<>()[\]{}]+/g) ?? [];
  return [...new Set(found.map((link) => link.replace(/[.,;:!?]+$/, '')))];
}
