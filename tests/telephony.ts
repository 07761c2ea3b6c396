import type { Simulator } from '#server/dev/twilio/port.ts';
import { type SimulatorOptions, startSimulator } from '#server/dev/twilio/simulator.ts';
import { turn, type VirtualTime, virtualTime } from '#server/dev/twilio/time.ts';
import type { JobHandler } from '#server/platform/jobs.ts';
import { jobHandlers } from '#server/worker.ts';
import { start, type TestService, thisMorning } from './harness.ts';

/** The service with a telephone network, both on one clock that moves only when told. */
export interface Telephony {
  service: TestService;
  simulator: Simulator;
  /** Jobs that threw, in their order; they are tried again a second later. Empty it when you expected them. */
  failures: unknown[];
  /**
   * Moves the clock: stops at everything that is to happen on the network and at each second, and lets both sides
   * finish what follows from it before going on.
   */
  advance: (seconds: number) => Promise<void>;
  /** Moves on by seconds until it is so; throws when it isn't after `within` seconds. */
  until: (isSo: () => boolean | Promise<boolean>, within?: number) => Promise<void>;
  /** Lets both sides finish what is due now. */
  settle: () => Promise<void>;
  /** Fails when a job failed that nobody expected. */
  end(): Promise<void>;
}

export const telephoneAccount = {
  accountSid: `AC${'0'.repeat(31)}1`,
  authToken: 'the auth token of tests',
  apiKey: `SK${'0'.repeat(31)}1`,
  apiSecret: 'the key secret of tests',
  from: '+38111222333',
};

export async function startWithTelephony(
  options: {
    env?: Record<string, string>;
    simulator?: Partial<Omit<SimulatorOptions, 'account' | 'time' | 'hosts'>>;
    startAt?: Date;
  } = {},
): Promise<Telephony> {
  const time = virtualTime(options.startAt ?? thisMorning());
  // The service's address is known only once it runs.
  const hosts: Record<string, string> = {};
  const simulator = await startSimulator({ ...options.simulator, account: telephoneAccount, time, hosts });
  const service = await start({
    clock: clockOf(time),
    // Timers wait for deadlines that no longer matter.
    leaveJobs: true,
    env: {
      TWILIO_ACCOUNT_SID: telephoneAccount.accountSid,
      TWILIO_AUTH_TOKEN: telephoneAccount.authToken,
      TWILIO_API_KEY: telephoneAccount.apiKey,
      TWILIO_API_SECRET: telephoneAccount.apiSecret,
      TWILIO_FROM: telephoneAccount.from,
      TWILIO_BASE_URL: simulator.url,
      ...options.env,
    },
  });
  hosts[new URL(service.config.publicUrl).origin] = service.url;
  const failures: unknown[] = [];
  const work = createWork(service, simulator, failures);

  async function advance(seconds: number): Promise<void> {
    const end = time.now().getTime() + seconds * 1000;
    await work.settle();
    while (time.now().getTime() < end) {
      const next = time.next()?.getTime() ?? Infinity;
      const secondEnds = (Math.floor(time.now().getTime() / 1000) + 1) * 1000;
      const stop = Math.min(Math.max(next, time.now().getTime()), secondEnds, end);
      await time.advance(stop - time.now().getTime(), work.settle);
      if (stop === secondEnds) await work.sweep();
    }
  }

  return {
    service,
    simulator,
    failures,
    advance,
    settle: work.settle,
    async until(isSo, within = 120) {
      await work.settle();
      for (let seconds = 0; !(await isSo()); seconds += 1) {
        if (seconds >= within) throw new Error(`still not so after ${within} s`);
        await advance(1);
      }
    },
    async end() {
      await simulator.close();
      await work.stop();
      await service.end();
      if (failures.length > 0) throw new AggregateError(failures, 'jobs failed');
    },
  };
}

const clockOf = (time: VirtualTime): TestService['clock'] => {
  const refuse = () => {
    throw new Error('advance() of the telephony moves this clock');
  };
  return { now: () => time.now(), set: refuse, advance: refuse };
};

// What runs this often keeps calls and presence going; the rest is housekeeping.
const sweepSeconds = 60;

/** Returns the worker's part, without its own sense of time: jobs run when there are any, sweeps at each second. */
function createWork(service: TestService, simulator: Simulator, failures: unknown[]) {
  const sweeps: JobHandler[] = jobHandlers(service.ctx).filter(
    ({ job }) => job.everySeconds !== null && job.everySeconds <= sweepSeconds,
  );
  const drains = new Set<Promise<void>>();
  let retries = false;

  async function hasWork(): Promise<boolean> {
    const rows = await service.ctx.sql`
      select 1 from pgboss.job
       where state in ('created', 'retry') and (start_after <= clock_timestamp() or ${retries} and state = 'retry')
       limit 1`;
    return rows.length > 0;
  }

  function drain(): Promise<void> {
    const includeLater = retries;
    retries = false;
    const draining = service
      .drain({ includeLater })
      .then(
        () => {},
        (error: unknown) => {
          failures.push(error);
        },
      )
      .finally(() => drains.delete(draining));
    drains.add(draining);
    return draining;
  }

  /** A job may wait for an answer that comes only when time goes on: it is left to it. */
  async function untilDoneOrWaiting(draining: Promise<void>): Promise<void> {
    let isDone = false;
    void draining.then(() => {
      isDone = true;
    });
    while (!isDone && simulator.waitingForTime() < drains.size) {
      await Promise.race([draining, new Promise((resolve) => setTimeout(resolve, 5))]);
    }
  }

  async function settle(): Promise<void> {
    do {
      await simulator.settled();
      if (await hasWork()) await untilDoneOrWaiting(drain());
      await simulator.settled();
    } while (await hasWork());
    await turn();
  }

  return {
    settle,
    async sweep(): Promise<void> {
      if (failures.length > 0) retries = true;
      for (const { run } of sweeps) await run({});
      await settle();
    },
    stop: () => Promise.all(drains).then(() => {}),
  };
}
