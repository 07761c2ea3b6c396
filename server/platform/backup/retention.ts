import { listBases, listChains, listChanges, listSegments, readManifest } from './layout.ts';
import type { Vault } from './vault.ts';

const dayMs = 86_400_000;

/** Copies are kept for so many days: all of the last day, one a day for a week, then one a week. */
const tiers = [
  { days: 1, everyDays: 0 },
  { days: 7, everyDays: 1 },
  { days: 35, everyDays: 7 },
] as const;

/** Whatever their age, because the newest one may turn out to be unusable. */
const alwaysKept = 2;

/** Returns which copies are kept. */
export function keptCopies<T extends { startedAt: Date }>(copies: readonly T[], now: Date): T[] {
  const oldestFirst = copies.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  const seen = new Set<string>();
  return oldestFirst.filter(({ startedAt }, index) => {
    if (index >= oldestFirst.length - alwaysKept) return true;
    const age = now.getTime() - startedAt.getTime();
    const tier = tiers.find(({ days }) => age < days * dayMs);
    if (!tier) return false;
    if (tier.everyDays === 0) return true;
    // The first of each period, so that it stays the same one from day to day.
    const period = `${tier.everyDays}:${Math.floor(startedAt.getTime() / (tier.everyDays * dayMs))}`;
    return !seen.has(period) && seen.add(period);
  });
}

interface Copy {
  folder: string;
  path: string;
  startedAt: Date;
  firstSegment: string;
}

/** Deletes copies that are too old, and the log that only they need. Runs after a copy has been finished. */
export async function deleteOld(vault: Vault, now: Date): Promise<void> {
  const folders = await listChains(vault);
  const copies: Copy[] = [];
  for (const folder of folders) {
    for (const { path, startedAt } of await listBases(vault, folder)) {
      const manifest = await readManifest(vault, path);
      if (manifest) copies.push({ folder, path, startedAt, firstSegment: manifest.firstSegment });
    }
  }
  const kept = keptCopies(copies, now);
  for (const copy of copies) if (!kept.includes(copy)) await vault.remove(copy.path);
  const oldestOfAll = kept.reduce<Copy | undefined>(
    (oldest, copy) => (oldest && oldest.startedAt < copy.startedAt ? oldest : copy),
    undefined,
  );
  for (const folder of folders) {
    for (const { path, at } of await listChanges(vault, folder))
      if (oldestOfAll && at < oldestOfAll.startedAt) await vault.remove(path);
    const [oldest] = kept.filter((copy) => copy.folder === folder);
    if (!oldest) await vault.remove(folder);
    else
      for (const { name, path } of await listSegments(vault, folder))
        if (name < oldest.firstSegment) await vault.remove(path);
  }
}
