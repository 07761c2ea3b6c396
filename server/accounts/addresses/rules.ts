const dayMs = 86_400_000;
const undoDays = 7;

/** Returns the time before which changes that nobody proved have expired. */
export const unprovenBefore = (now: Date): Date => new Date(now.getTime() - dayMs);

/** Returns the time before which changes that took effect can't be undone any more. */
export const finalBefore = (now: Date): Date => new Date(now.getTime() - undoDays * dayMs);
