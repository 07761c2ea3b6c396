const dayMs = 86_400_000;

/** The next time clocks in the zone show `time` ("18:00"), as ISO 8601; null for what is no time. */
export function nextTime(time: string, timeZone: string, now: Date): string | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) return null;
  const wanted = (Number(match[1]) * 60 + Number(match[2])) * 60_000;
  const midnight = Math.floor(localTime(now.getTime(), timeZone) / dayMs) * dayMs;
  for (const day of [midnight, midnight + dayMs]) {
    const at = instantOf(day + wanted, timeZone);
    if (at > now.getTime()) return new Date(at).toISOString();
  }
  return null;
}

/** The instant of a local time: the offset at a guess may be that of the other side of a clock change, so twice. */
function instantOf(local: number, timeZone: string): number {
  const guess = local - offsetAt(local, timeZone);
  return local - offsetAt(guess, timeZone);
}

const offsetAt = (instant: number, timeZone: string): number =>
  localTime(instant, timeZone) - Math.floor(instant / 60_000) * 60_000;

/** What clocks in the zone show at an instant, to the minute, as if it were UTC. */
function localTime(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(instant);
  const get = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'));
}
