import { join } from 'node:path';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { locales, offeredLocale } from '#server/common/locales.ts';
import { type Translation, writerOf } from '#server/common/words.ts';
import { statusUrl, webhookUrl } from '#server/platform/telephony.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import type { words as english } from '../words/en/spoken.ts';
import { promptSeconds, ringSeconds } from './rules.ts';

// URLs are absolute, because Twilio signs them.
type SayOptions = NonNullable<Parameters<VoiceResponse['say']>[0]>;
type Word = keyof typeof english;

const folder = join(import.meta.dirname, '../words');
const spokenWords = await inEveryLanguage<{ words: Translation<typeof english> }>(folder, 'spoken');
const voices = await inEveryLanguage<{ voice: SayOptions }>(folder, 'voice');

/** The names put into a prompt, and the language it is spoken in. */
export interface Spoken {
  locale: string;
  vendor: string;
  product: string;
}

type Speaker = Pick<VoiceResponse, 'say'>;

const longestSpokenName = 60;

/** Cuts a long name between words. */
function spokenName(name: string): string {
  if (name.length <= longestSpokenName) return name;
  const cut = name.slice(0, longestSpokenName);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), longestSpokenName / 2));
}

function speak(to: Speaker, word: Word, { locale, vendor, product }: Spoken): void {
  const language = offeredLocale(locale);
  const { write } = writerOf(locales[language].tag);
  const text = write(spokenWords[language].words[word], {
    vendor: spokenName(vendor),
    product: spokenName(product),
  });
  to.say(voices[language].voice, text);
}

/** Returns TwiML with two prompts, each waiting for one digit. `then` adds what follows if none is pressed. */
function prompt(
  words: [Word, Word],
  spoken: Spoken,
  action: string,
  then: (response: VoiceResponse) => void,
): string {
  const response = new VoiceResponse();
  for (const word of words) {
    const gather = response.gather({
      input: ['dtmf'],
      numDigits: 1,
      timeout: promptSeconds,
      action,
      method: 'POST',
    });
    speak(gather, word, spoken);
  }
  then(response);
  return response.toString();
}

/** Asks the agent to press 1. Silence is posted like a digit. Doesn't mention the buyer. */
export function agentPrompt(publicUrl: string, legId: string, spoken: Spoken): string {
  const digits = webhookUrl(publicUrl, `agent/${legId}/digits`);
  return prompt(['agentPrompt', 'agentAgain'], spoken, digits, (response) =>
    response.redirect({ method: 'POST' }, digits),
  );
}

/** Asks the buyer whether they want the call. Silence ends it. */
export function consentPrompt(publicUrl: string, legId: string, spoken: Spoken): string {
  const digits = webhookUrl(publicUrl, `visitor/${legId}/digits`);
  return prompt(['consentPrompt', 'consentAgain'], spoken, digits, (response) => response.hangup());
}

export interface DialOrder {
  publicUrl: string;
  agentLegId: string;
  visitorLegId: string;
  from: string;
  to: string;
  limitSeconds: number;
  needsConsent: boolean;
}

/** Dials the buyer from the agent's leg. */
export function dialVisitor(order: DialOrder, spoken: Spoken): string {
  const { publicUrl, agentLegId, visitorLegId } = order;
  const response = new VoiceResponse();
  speak(response, 'connecting', spoken);
  const dial = response.dial({
    callerId: order.from,
    timeout: ringSeconds.visitor,
    timeLimit: order.limitSeconds,
    action: webhookUrl(publicUrl, `agent/${agentLegId}/done`),
    method: 'POST',
  });
  dial.number(
    {
      statusCallback: statusUrl(publicUrl, visitorLegId),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      ...(order.needsConsent
        ? { url: webhookUrl(publicUrl, `visitor/${visitorLegId}`), method: 'POST' }
        : {}),
    },
    order.to,
  );
  return response.toString();
}

/** Returns empty TwiML, with which Twilio connects the two after the prompt. */
export const continueCall = (): string => new VoiceResponse().toString();

/** Hangs up, after an optional prompt. */
export function hangUp(word?: Word, spoken?: Spoken): string {
  const response = new VoiceResponse();
  if (word && spoken) speak(response, word, spoken);
  response.hangup();
  return response.toString();
}
