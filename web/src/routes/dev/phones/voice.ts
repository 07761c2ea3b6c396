import type { Phone } from '#server/dev/schema.ts';

type Line = NonNullable<Phone['line']>;

/** Returns whether this browser can read aloud. */
export const canSpeak = (): boolean => 'speechSynthesis' in globalThis;

/** Reads the prompts of phones aloud, each sentence once. */
export function createVoice() {
  const spoken = new Map<string, number>();
  return {
    /** Sentences from while `aloud` was false are skipped. */
    follow({ sid, heard }: Line, aloud: boolean): void {
      const already = spoken.get(sid) ?? 0;
      spoken.set(sid, heard.length);
      if (!aloud) return;
      for (const { kind, text, language } of heard.slice(already)) {
        if (kind !== 'say') continue;
        const utterance = new SpeechSynthesisUtterance(text);
        if (language) utterance.lang = language;
        speechSynthesis.speak(utterance);
      }
    },
    stop: (): void => speechSynthesis.cancel(),
  };
}
