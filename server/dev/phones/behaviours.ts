import type { Direction } from '../twilio/leg.ts';
import type { Persona } from '../twilio/personas.ts';
import type { BehaviourBody } from '../schema.ts';

/** By direction: calls to agents are `outbound-api`, calls to buyers `outbound-dial`. */
const answersAfterSeconds: Record<Direction, number> = { 'outbound-api': 4, 'outbound-dial': 3 };
const longestTalkSeconds = 180;
const agreeing = ['1', '1', '1'];

/** Returns the behaviour of a phone that nobody operates: picks up, presses 1 and talks for up to three minutes. */
export const demoPersona = (_number: string, { direction }: { direction: Direction }): Persona => ({
  kind: 'human',
  answersAfter: answersAfterSeconds[direction],
  presses: agreeing,
  hangsUpAfterTalking: longestTalkSeconds,
});

const usualHangUpSeconds = 15;

/** Converts a behaviour chosen on the page to a simulated one. */
export function personaOf({ behaviour, answersAfter, hangsUpAfter }: BehaviourBody): Persona {
  const human = {
    kind: 'human' as const,
    answersAfter: answersAfter ?? answersAfterSeconds['outbound-dial'],
    hangsUpAfterTalking: longestTalkSeconds,
  };
  switch (behaviour) {
    case 'answers':
      return { ...human, presses: agreeing };
    case 'hangs_up':
      return { ...human, presses: agreeing, hangsUpAfter: hangsUpAfter ?? usualHangUpSeconds };
    case 'declines':
      return { ...human, presses: ['2'] };
    case 'silent':
      return human;
    case 'voicemail':
      return { kind: 'voicemail', answersAfter: human.answersAfter };
    case 'rejects':
      return { kind: 'rejects', answersAfter: human.answersAfter };
    case 'busy':
      return { kind: 'busy' };
    case 'no_answer':
      return { kind: 'no-answer' };
    case 'unreachable':
      return { kind: 'failed', sipCode: 480 };
  }
}
