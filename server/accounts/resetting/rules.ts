const hourMs = 3_600_000;

/** Returns the time before which requests for a new password have expired. */
export const resetsExpiredBefore = (now: Date): Date => new Date(now.getTime() - hourMs);
