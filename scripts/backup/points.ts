import {
  listBases,
  listChains,
  listSegments,
  type Manifest,
  readManifest,
  type Segment,
  unbroken,
} from '#server/platform/backup/layout.ts';
import type { Vault } from '#server/platform/backup/vault.ts';
import { PlainError } from '../plain-error.ts';

/** A whole copy and the log behind it: any time between `from` and `until` can be restored. */
export interface Span {
  folder: string;
  base: string;
  manifest: Manifest;
  segments: Segment[];
  from: Date;
  until: Date;
}

/** Lists what can be restored, the newest copy first. */
export async function* listSpans(vault: Vault): AsyncGenerator<Span> {
  const folders = await listChains(vault);
  const bases = [];
  for (const folder of folders) {
    const segments = await listSegments(vault, folder);
    for (const base of await listBases(vault, folder)) bases.push({ ...base, folder, segments });
  }
  bases.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
  for (const { folder, path, segments } of bases) {
    const manifest = await readManifest(vault, path);
    if (!manifest) continue;
    const chain = { segmentBytes: BigInt(manifest.segmentBytes) };
    const whole = unbroken(segments, manifest.firstSegment, chain);
    const until = whole.findLast((segment) => segment.until !== null)?.until;
    if (!until || (whole.at(-1)?.name ?? '') < manifest.lastSegment) continue;
    yield { folder, base: path, manifest, segments: whole, from: new Date(manifest.finishedAt), until };
  }
}

/** Returns what to restore to get the data of a time, or the newest. */
export async function findSpan(vault: Vault, at: Date | null): Promise<Span> {
  let nearest: Span | undefined;
  for await (const span of listSpans(vault)) {
    if (!at || (span.from <= at && at < span.until)) return span;
    nearest ??= span;
    if (span.from <= at) throw outside(at, span);
  }
  if (!at || !nearest) throw new PlainError('There is no whole backup in BACKUP_DIR.');
  throw outside(at, nearest);
}

function outside(at: Date, { from, until }: Span): PlainError {
  const range = `${from.toISOString()} to ${until.toISOString()}`;
  return new PlainError(
    `${at.toISOString()} can't be restored. The nearest that can: ${range}. See npm run restore -- --list.`,
  );
}
