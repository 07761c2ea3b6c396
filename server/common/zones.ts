/** Local times by Intl, because pages lack Temporal (see platform/zones.ts). Zones are IANA names. */
const dayMs = 86_400_000;

/** Returns whether this runtime knows the time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Returns an instant's local time, "2026-03-29T02:30", as in `datetime-local` fields. */
export const localTime = (at: Date, timeZone: string): string => isoLocalTime(at, timeZone, 'short');

/** Returns an instant's local date, "2026-03-29". */
export const dayIn = (timeZone: string, at: Date): string => localTime(at, timeZone).slice(0, 10);

/**
 * Returns the instant (ISO 8601) of a local `YYYY-MM-DDTHH:MM`; null if malformed. A time skipped by daylight saving is
 * moved forward, an ambiguous one is the earlier.
 */
export function instantOf(local: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${local}:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) || Number.isNaN(asUtc)) return null;
  // The possible offsets: on either side of a change.
  const [before, after] = [offsetAt(asUtc - dayMs, timeZone), offsetAt(asUtc + dayMs, timeZone)];
  const holds = (offset: number) => offsetAt(asUtc - offset, timeZone) === offset;
  return new Date(asUtc - (holds(after) && !holds(before) ? after : before)).toISOString();
}

/** Returns the last moment of a day (`YYYY-MM-DD`) in a zone as an instant (ISO 8601); null if malformed. */
export function lastMoment(day: string, timeZone: string): string | null {
  const minute = instantOf(`${day}T23:59`, timeZone);
  return minute && new Date(Date.parse(minute) + 59_999).toISOString();
}

/**
 * Returns the day that a deadline names and its time, both in the zone in which it was set, so that everybody reads the
 * same day. The end of a day is its own "24:00" and never 00:00 of the next.
 */
export function deadlineIn(timeZone: string, deadline: Date): { day: string; time: string } {
  const [day = '', time = ''] = localTime(deadline, timeZone).split('T');
  if (time === '23:59') return { day, time: '24:00' };
  if (time !== '00:00') return { day, time };
  return { day: dayIn(timeZone, new Date(deadline.getTime() - 1)), time: '24:00' };
}

/** Returns the city that a zone is named by, "New York"; of `Etc/GMT+3`, whose sign is the reverse, "UTC-3". */
export const cityOf = (timeZone: string): string =>
  timeZone.split('/').at(-1)!.replaceAll('_', ' ').replace('GMT+', 'UTC-').replace('GMT-', 'UTC+');

/** Returns a zone's offset from UTC at an instant, in milliseconds. */
const offsetAt = (at: number, timeZone: string): number =>
  Date.parse(`${isoLocalTime(new Date(at), timeZone, 'medium')}Z`) - Math.floor(at / 1_000) * 1_000;

// Swedish dates and times are in ISO 8601, except for the T.
const isoLocalTime = (at: Date, timeZone: string, timeStyle: 'short' | 'medium'): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle }).format(at).replace(' ', 'T');
