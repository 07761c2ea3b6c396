/** The voice that Twilio has for English: attributes of `<Say>`. */
export const voice = { language: 'en-GB', voice: 'Polly.Amy' } as const;
