/** The last minute of a day (`YYYY-MM-DD`) in a time zone, as an instant (ISO 8601); null for no day. */
export const lastMinute = (day: string, timeZone: string): string | null =>
  instantOf(`${day}T23:59`, timeZone);

/** The instant (ISO 8601) at which clocks of a time zone show `YYYY-MM-DDTHH:MM`; null for no such day. */
export function instantOf(local: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${local}:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) || Number.isNaN(asUtc)) return null;
  // The offset at the guess may be that of the other side of a clock change; once more settles it.
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(guess, timeZone)).toISOString();
}

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(instant);
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '00';
  const local = `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}:00Z`;
  return Date.parse(local) - Math.floor(instant / 60_000) * 60_000;
}
