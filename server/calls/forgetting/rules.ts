/** Days to keep Twilio's callbacks, enough to investigate complaints. */
export const callbackDays = 45;

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
