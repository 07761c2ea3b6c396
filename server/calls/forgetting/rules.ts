/** How long Twilio's callbacks are kept: longer than it takes to look into a complaint. */
export const callbackDays = 45;

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
