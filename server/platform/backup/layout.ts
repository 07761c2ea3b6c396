import { BackupError } from './sealing.ts';
import type { Point } from './tables.ts';
import type { StoredFile, Vault } from './vault.ts';

/**
 * The folders of backups: "<system>-<timeline>/base/<time>/" for each whole copy, and "<system>-<timeline>/log/" for the
 * segments of the log, and "<system>-<timeline>/changes/" for what changed besides the database. A restored database goes on as another timeline, so that no two write the same name.
 */
export interface Chain {
  folder: string;
  /** PostgreSQL's number of the history that the log belongs to. */
  timeline: number;
  segmentBytes: bigint;
}

/** A whole copy. It counts once its manifest is there, which is written last. */
export interface Manifest {
  version: 1;
  /** ISO 8601, by the database's clock. */
  startedAt: string;
  finishedAt: string;
  postgres: {
    version: number;
    database: string;
    role: string;
    /** Settings that a server which repeats its log must not have lower. */
    settings: Record<string, string>;
  };
  timeline: number;
  segmentBytes: number;
  /** The segments of the log without which it can't be restored. */
  firstSegment: string;
  lastSegment: string;
  /** The content of PostgreSQL's backup_label. */
  label: string;
  files: Record<string, StoredFile>;
  /** What a restore is compared with; null: there was no quiet moment to look. */
  point: Point | null;
}

/** Returns the size of a copy as it is stored, in megabytes. */
export const megabytesOf = ({ files }: Manifest): string =>
  (Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);

/** A copied segment of the log. */
export interface Segment {
  name: string;
  path: string;
  /** Everything that was committed before then is in this segment or an earlier one; null: see a later segment. */
  until: Date | null;
}

export const chainFolder = (systemId: string, timeline: number): string => `${systemId}-${timeline}`;

/** Returns the name of the segment that holds a position of the log. */
export function segmentOf({ timeline, segmentBytes }: Chain, position: bigint): string {
  const number = position / segmentBytes;
  const perFile = 0x1_0000_0000n / segmentBytes;
  return [BigInt(timeline), number / perFile, number % perFile].map(hex).join('');
}

/** Returns the name of the segment behind another. */
export function nextSegment({ segmentBytes }: Pick<Chain, 'segmentBytes'>, name: string): string {
  const [timeline, file, within] = [0, 8, 16].map((at) => BigInt(`0x${name.slice(at, at + 8)}`));
  if (timeline === undefined || file === undefined || within === undefined)
    throw new BackupError(`${name} is not the name of a segment.`);
  const isLast = within + 1n === 0x1_0000_0000n / segmentBytes;
  return [timeline, isLast ? file + 1n : file, isLast ? 0n : within + 1n].map(hex).join('');
}

const hex = (number: bigint): string => number.toString(16).toUpperCase().padStart(8, '0');

/** Reads a position as PostgreSQL writes it, "1/6A0F28". */
export function positionOf(text: string): bigint {
  const [high, low] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

const stampOf = (at: Date): string => at.toISOString().replace(/[-:.]/g, '');

function timeOf(stamp: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(stamp);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second, ms] = parts;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}

export const baseFolder = (chain: Pick<Chain, 'folder'>, startedAt: Date): string =>
  `${chain.folder}/base/${stampOf(startedAt)}`;

export const segmentPath = (chain: Pick<Chain, 'folder'>, name: string, until: Date | null): string =>
  `${chain.folder}/log/${name}${until ? `.${stampOf(until)}` : ''}.qlb`;

/** Lists the copied segments, in their order. */
export async function listSegments(vault: Vault, folder: string): Promise<Segment[]> {
  const segments = (await vault.list(`${folder}/log`)).flatMap((file): Segment[] => {
    const [, name, stamp] = /^([0-9A-F]{24})(?:\.(\w+))?\.qlb$/.exec(file) ?? [];
    return name ? [{ name, path: `${folder}/log/${file}`, until: stamp ? timeOf(stamp) : null }] : [];
  });
  return segments.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What changed in a store besides the database, copied with the log. */
export const changesPath = (chain: Pick<Chain, 'folder'>, store: string, until: Date): string =>
  `${chain.folder}/changes/${stampOf(until)}.${store}.qlb`;

export async function listChanges(vault: Vault, folder: string): Promise<{ path: string; at: Date }[]> {
  return (await vault.list(`${folder}/changes`)).sort().flatMap((file) => {
    const at = timeOf(file.split('.')[0] ?? '');
    return at ? [{ path: `${folder}/changes/${file}`, at }] : [];
  });
}

/** Lists the folders of all histories. */
export const listChains = async (vault: Vault): Promise<string[]> =>
  (await vault.list('')).filter((name) => /^\d+-\d+$/.test(name));

/** Lists the folders of whole copies, the oldest first, also those that were never finished. */
export async function listBases(vault: Vault, folder: string): Promise<{ path: string; startedAt: Date }[]> {
  const bases = (await vault.list(`${folder}/base`)).flatMap((stamp) => {
    const startedAt = timeOf(stamp);
    return startedAt ? [{ path: `${folder}/base/${stamp}`, startedAt }] : [];
  });
  return bases.sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
}

const manifestFile = 'manifest.qlb';

export const writeManifest = (vault: Vault, base: string, manifest: Manifest) =>
  vault.writeJson(`${base}/${manifestFile}`, manifest);

/** Returns null for a copy that was never finished. */
export async function readManifest(vault: Vault, base: string): Promise<Manifest | null> {
  if (!(await vault.list(base)).includes(manifestFile)) return null;
  return vault.readJson<Manifest>(`${base}/${manifestFile}`);
}

/** Returns the segments from `first` on, up to the first that is missing. */
export function unbroken(
  segments: readonly Segment[],
  first: string,
  chain: Pick<Chain, 'segmentBytes'>,
): Segment[] {
  const whole: Segment[] = [];
  let wanted = first;
  for (const segment of segments) {
    if (segment.name < wanted) continue;
    if (segment.name !== wanted) break;
    whole.push(segment);
    wanted = nextSegment(chain, wanted);
  }
  return whole;
}
