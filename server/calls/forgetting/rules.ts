/** How long what the telephone company told us is kept: longer than it takes to look into a complaint. */
export const webhookDays = 45;

/** So many days ago. */
export function beforeDays(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
