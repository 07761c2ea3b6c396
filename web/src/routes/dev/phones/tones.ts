/** The sounds of a telephone, made by the browser. Silent before `on`, which only a click may call. */
export type Tones = ReturnType<typeof createTones>;

const ringHz = 425;
const ringSeconds = 1;
const ringEveryMs = 4_000;
const keySeconds = 0.14;

const rows = [697, 770, 852, 941] as const;
const columns = [1209, 1336, 1477] as const;
const layout = ['123', '456', '789', '*0#'];

/** Returns the two tones of a key (ITU-T Q.23). */
function frequenciesOf(key: string): number[] {
  const row = layout.findIndex((keys) => keys.includes(key));
  const column = layout[row]?.indexOf(key) ?? -1;
  return [rows[row], columns[column]].filter((hertz) => hertz !== undefined);
}

export function createTones() {
  let context: AudioContext | undefined;
  let ringing: ReturnType<typeof setInterval> | undefined;

  function sound(frequencies: readonly number[], seconds: number): void {
    if (!context) return;
    const volume = context.createGain();
    const from = context.currentTime;
    // Without a ramp each tone begins and ends with a click.
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.08, from + 0.01);
    volume.gain.setValueAtTime(0.08, from + seconds - 0.02);
    volume.gain.linearRampToValueAtTime(0, from + seconds);
    volume.connect(context.destination);
    for (const hertz of frequencies) {
      const oscillator = context.createOscillator();
      oscillator.frequency.value = hertz;
      oscillator.connect(volume);
      oscillator.start(from);
      oscillator.stop(from + seconds);
    }
  }

  const ringOnce = () => sound([ringHz, ringHz * 1.25], ringSeconds);

  return {
    on(): void {
      context ??= new AudioContext();
      void context.resume();
    },
    off(): void {
      void context?.close();
      context = undefined;
    },
    key: (key: string): void => sound(frequenciesOf(key), keySeconds),
    ring(on: boolean): void {
      if (on === (ringing !== undefined)) return;
      clearInterval(ringing);
      ringing = on ? setInterval(ringOnce, ringEveryMs) : undefined;
      if (on) ringOnce();
    },
  };
}
