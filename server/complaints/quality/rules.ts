/** What a vendor did in `qualityDays`. */
export interface Counted {
  asked: number;
  answered: number;
  medianAnswerSeconds: number | null;
  callsTaken: number;
  callsMissed: number;
  callComplaints: number;
}

export const qualityDays = 90;

/** With fewer enquiries and calls together the figure would say little. */
const fewest = 5;

const points = { answers: 40, speed: 20, calls: 40 };
/** All points of speed for a median up to the first, none from the second on. */
const [quickHours, slowHours] = [4, 72];
/** For each complaint per hundred calls, at most thirty. */
const pointsPerComplaint = 2;
const mostForComplaints = 30;

/** Returns the complaints per hundred calls taken; null without calls. */
export const complaintsPerHundred = ({ callsTaken, callComplaints }: Counted): number | null =>
  callsTaken === 0 ? null : Math.round((callComplaints * 1_000) / callsTaken) / 10;

export const hoursOf = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(seconds / 360) / 10;

/**
 * Returns the quality from 0 to 100: 40 points for the share of enquiries answered, 20 for speed, 40 for the share of
 * calls taken, in proportion where there is only one of both; less 2 for each complaint per hundred calls. Null: too
 * little has happened.
 */
export function qualityOf(counted: Counted): number | null {
  const { asked, answered, medianAnswerSeconds, callsTaken, callsMissed } = counted;
  const calls = callsTaken + callsMissed;
  if (asked + calls < fewest) return null;
  const parts: [earned: number, possible: number][] = [];
  if (asked > 0) {
    parts.push([(points.answers * answered) / asked, points.answers]);
    const hours = medianAnswerSeconds === null ? slowHours : medianAnswerSeconds / 3_600;
    const speed = Math.min(1, Math.max(0, (slowHours - hours) / (slowHours - quickHours)));
    parts.push([points.speed * speed, points.speed]);
  }
  if (calls > 0) parts.push([(points.calls * callsTaken) / calls, points.calls]);
  const sum = (index: 0 | 1) => parts.reduce((total, part) => total + part[index], 0);
  const lost = Math.min(mostForComplaints, (complaintsPerHundred(counted) ?? 0) * pointsPerComplaint);
  return Math.max(0, Math.round((100 * sum(0)) / sum(1) - lost));
}
