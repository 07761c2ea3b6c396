import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pointNames } from '../../scripts/crash/points.ts';
import type { Report } from '../../scripts/crash/report.ts';
import { runCommand } from '../scripts/command.ts';

test(
  'nothing is lost or doubled when processes are killed, once at each of the twelve points',
  { timeout: 900_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quoteline-report-'));
    const file = join(folder, 'report.json');
    // A shorter lease only saves time.
    const given = ['--kills', '12', '--seed', 'one of each', '--lease', '10', '--report', file];
    const { code, said } = await runCommand('crash', '', given);
    expect(code, said).toBe(0);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    rmSync(folder, { recursive: true });

    expect(Object.values(report.faults).flat()).toEqual([]);
    expect(pointNames).toHaveLength(12);
    expect(pointNames.map((name) => [name, report.points[name]?.times])).toEqual(
      pointNames.map((name) => [name, 1]),
    );
    for (const name of pointNames) {
      const counts = report.points[name]!;
      expect(counts['201'] + counts['no answer'], name).toBe(1);
      expect(counts.received, name).toBe(counts['mails owed']);
    }
    // What each kill left behind shows that it hit its point.
    expect(report.points['before BEGIN']!['of these stored']).toBe(0);
    expect(report.points['in the transaction']!['of these stored']).toBe(0);
    const committed = report.points['between COMMIT and the answer']!;
    expect(committed['of these stored']).toBe(committed['no answer']);
    expect(report.points['after the final dot, before 250']!['sent twice']).toBeGreaterThan(0);
    expect(report.points['after 250, before "sent" is stored']!['sent twice']).toBeGreaterThan(0);
    expect(report.calls.calls).toBe(2);
    expect(report.calls.outcomes['not ended']).toBeUndefined();
  },
);
