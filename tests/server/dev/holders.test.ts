import { expect, test, vi } from 'vitest';
import { createHolders } from '#server/dev/phones/holders.ts';

const agent = '+381110002042';
const buyer = '+420200000991';

test('phones of a closed page answer automatically after ten seconds, unless it reconnects', () => {
  vi.useFakeTimers();
  try {
    const played = new Set<string>();
    const holders = createHolders({
      open: (number) => played.add(number),
      close: (number) => played.delete(number),
    });
    const leave = holders.listen('page');
    holders.hold(agent, 'page');
    holders.hold(buyer, undefined);
    vi.advanceTimersByTime(60_000);
    leave();
    vi.advanceTimersByTime(9_000);
    const leaveAgain = holders.listen('page');
    vi.advanceTimersByTime(60_000);
    expect([...played]).toEqual([agent, buyer]);
    leaveAgain();
    vi.advanceTimersByTime(10_000);
    // A phone opened by a script stays open.
    expect([...played]).toEqual([buyer]);
    // A page that never listened counts as closed.
    holders.hold(agent, 'nobody');
    vi.advanceTimersByTime(10_000);
    expect([...played]).toEqual([buyer]);
  } finally {
    vi.useRealTimers();
  }
});
