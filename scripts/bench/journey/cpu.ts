import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** Returns the CPU seconds used by a process and all its children, including those that have ended. Linux only. */
export function cpuSeconds(pid: number): number {
  const times = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ name, fields: statFields(name) }))
    .filter(({ name, fields }) => name === String(pid) || fields[1] === String(pid))
    .map(({ name, fields }) => {
      const own = Number(fields[11]) + Number(fields[12]);
      return name === String(pid) ? own + Number(fields[13]) + Number(fields[14]) : own;
    });
  return times.reduce((sum, ticks) => sum + ticks, 0) / ticksPerSecond;
}

function statFields(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  } catch {
    return [];
  }
}
