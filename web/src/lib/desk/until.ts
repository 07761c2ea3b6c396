import { dayIn, instantOf } from '#server/common/zones.ts';

const dayMs = 86_400_000;

/** Returns the next time clocks in the zone show `time` ("18:00"), as ISO 8601; null for an invalid time. */
export function nextTime(time: string, timeZone: string, now: Date): string | null {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const today = dayIn(timeZone, now);
  const tomorrow = new Date(Date.parse(`${today}T00:00Z`) + dayMs).toISOString().slice(0, 10);
  const candidates = [today, tomorrow].map((day) => instantOf(`${day}T${time}`, timeZone));
  return candidates.find((instant) => instant !== null && Date.parse(instant) > now.getTime()) ?? null;
}
