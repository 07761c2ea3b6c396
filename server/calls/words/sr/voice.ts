/** The voice that Twilio has for Serbian: attributes of `<Say>`. */
export const voice = { language: 'sr-RS', voice: 'Google.sr-RS-Standard-A' } as const;
