import type { Call } from '#lib/api/schema.d.ts';
import { costOf, formatCredit, parseCredit } from '#server/common/credits.ts';
import { secondsSince } from './times.ts';

/** When both are warned: so many seconds before the credit ends. */
const warnings = [60, 15] as const;

/** Returns the warning that holds so many seconds before the end. */
export const warningAt = (left: number): number | null =>
  warnings.findLast((seconds) => left <= seconds) ?? null;

/** Returns how long a running support call can last still, to the second, and what it took so far; null for other calls. */
export function creditLeft({ credit, answeredAt, maxSeconds }: Call, now: number) {
  if (!credit) return null;
  const talked = answeredAt ? Math.min(secondsSince(answeredAt, now), maxSeconds) : 0;
  const left = maxSeconds - talked;
  return {
    left,
    /** The warning that holds now. */
    warning: answeredAt ? warningAt(left) : null,
    spent: formatCredit(costOf(talked, parseCredit(credit.rate))),
    held: credit.held,
  };
}

let audio: AudioContext | undefined;

/** Plays two short tones. Browsers allow sound only after the person has pressed something on the page. */
export function chime(): void {
  audio ??= new AudioContext();
  void audio.resume();
  const volume = audio.createGain();
  volume.gain.value = 0.08;
  volume.connect(audio.destination);
  for (const [at, frequency] of [
    [0, 660],
    [0.25, 880],
  ] as const) {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.18);
  }
}
