import type { Leg } from './leg.ts';

/** All legs, live and ended. */
export interface Registry {
  add(leg: Leg): void;
  forget(leg: Leg): void;
  /** Returns all legs, oldest first. */
  all(): Leg[];
  bySid(sid: string): Leg | undefined;
  /** Returns the live leg of a phone, or one that is about to ring. */
  liveOn(number: string): Leg | undefined;
  /** Returns whether the leg's phone is in another call. */
  othersOn(leg: Leg): boolean;
  liveCount(): number;
}

export function createRegistry(): Registry {
  const legs = new Map<string, Leg>();
  const live = (number: string) =>
    [...legs.values()].filter((leg) => leg.spec.to === number && leg.initiatedAt !== null && !leg.isOver);
  return {
    add: (leg) => void legs.set(leg.sid, leg),
    forget: (leg) => void legs.delete(leg.sid),
    all: () => [...legs.values()],
    bySid: (sid) => legs.get(sid),
    liveOn: (number) => live(number).find((leg) => leg.ringingAt !== null) ?? live(number)[0],
    othersOn: (leg) => live(leg.spec.to).some((other) => other !== leg && other.ringingAt !== null),
    liveCount: () => [...legs.values()].filter((leg) => !leg.isOver).length,
  };
}
