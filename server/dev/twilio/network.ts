import type { Callbacks } from './callbacks.ts';
import type { Exchanges } from './exchanges.ts';
import type { Faults } from './faults.ts';
import type { Lines } from './lines.ts';
import type { SimulatedAccount } from './options.ts';
import type { SimulatorTime } from './time.ts';
import type { Rooms } from './rooms.ts';
import type { Web } from './web.ts';

/** What the parts of the simulator share. */
export interface Network {
  account: SimulatedAccount;
  time: SimulatorTime;
  faults: Faults;
  web: Web;
  callbacks: Callbacks;
  lines: Lines;
  rooms: Rooms;
  exchanges: Exchanges;
  concurrency: number;
  unassignedNumbers: boolean;
}
