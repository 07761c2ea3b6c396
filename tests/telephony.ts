import type { Simulator } from '#server/dev/twilio/port.ts';
import { type SimulatorOptions, startSimulator } from '#server/dev/twilio/simulator.ts';
import { turn, type VirtualTime, virtualTime } from '#server/dev/twilio/time.ts';
import type { JobHandler } from '#server/platform/jobs.ts';
import { jobHandlers } from '#server/worker.ts';
import { start, statementsSoFar, type TestService, thisMorning } from './harness.ts';

/** The service with a simulated telephone network, both on one clock that only `advance` moves. */
export interface Telephony {
  service: TestService;
  simulator: Simulator;
  /** Errors of failed jobs, which are retried a second later. Tests that expect them empty the list. */
  failures: unknown[];
  /**
   * Moves the clock, with a stop at each second and at each event of the network, until both sides have finished what
   * follows from it.
   */
  advance: (seconds: number) => Promise<void>;
  /** Moves the clock second by second until `isSo` returns true; throws after `within` seconds. */
  until: (isSo: () => boolean | Promise<boolean>, within?: number) => Promise<void>;
  /** Moves the clock while no worker lives: the network and the web process go on, but no job runs. */
  advanceWithoutWorker: (seconds: number) => Promise<void>;
  /** Lets both sides finish what is due now. */
  finishDue: () => Promise<void>;
  /** Ends both; throws when `failures` holds any. */
  end(): Promise<void>;
}

export const telephoneAccount = {
  accountSid: `AC${'0'.repeat(31)}1`,
  authToken: 'the auth token of tests',
  apiKey: `SK${'0'.repeat(31)}1`,
  apiSecret: 'the key secret of tests',
  from: '+38111222333',
};

/** Returns the environment of a service that calls by a simulated network. */
export const telephoneSettings = (simulatorUrl: string) => ({
  TWILIO_ACCOUNT_SID: telephoneAccount.accountSid,
  TWILIO_AUTH_TOKEN: telephoneAccount.authToken,
  TWILIO_API_KEY: telephoneAccount.apiKey,
  TWILIO_API_SECRET: telephoneAccount.apiSecret,
  TWILIO_FROM: telephoneAccount.from,
  TWILIO_BASE_URL: simulatorUrl,
});

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
    // Timers of ended calls are left in the queue.
    leaveJobs: true,
    env: { ...telephoneSettings(simulator.url), ...options.env },
  });
  hosts[new URL(service.config.publicUrl).origin] = service.url;
  const failures: unknown[] = [];
  const work = createWork(service, simulator, failures);

  async function advance(seconds: number): Promise<void> {
    const end = time.now().getTime() + seconds * 1000;
    await work.finishDue();
    while (time.now().getTime() < end) {
      const next = time.next()?.getTime() ?? Infinity;
      const secondEnds = (Math.floor(time.now().getTime() / 1000) + 1) * 1000;
      const stop = Math.min(Math.max(next, time.now().getTime()), secondEnds, end);
      await time.advance(stop - time.now().getTime(), work.finishDue);
      if (stop === secondEnds) await work.sweep();
    }
  }

  return {
    service,
    simulator,
    failures,
    advance,
    advanceWithoutWorker: (seconds) => time.advance(seconds * 1000, () => simulator.settled()),
    finishDue: work.finishDue,
    async until(isSo, within = 120) {
      await work.finishDue();
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

// Jobs that run at least this often move calls and presence forward; the rest is housekeeping.
const sweepSeconds = 60;

/** Keeps what one statement reads as long as nobody sends another one, so that seconds in which nothing happens take no query. */
function keptUntilStatements<Value>(read: () => Promise<Value>): (isForced?: boolean) => Promise<Value> {
  let kept: { value: Value; statements: number } | undefined;
  return async (isForced = false) => {
    const statements = statementsSoFar();
    if (!isForced && kept?.statements === statements) return kept.value;
    const value = await read();
    kept = { value, statements: statements + 1 };
    return value;
  };
}

/**
 * Replaces the worker: runs jobs as soon as there are any, and sweeps at their own interval of the simulated clock and
 * when a call's or an agent's time is up.
 */
function createWork(service: TestService, simulator: Simulator, failures: unknown[]) {
  const sweeps: JobHandler[] = jobHandlers(service.ctx).filter(
    ({ job }) => job.everySeconds !== null && job.everySeconds <= sweepSeconds,
  );
  const drains = new Set<Promise<void>>();
  let retries = false;

  const hasNewWork = keptUntilStatements(async () => {
    const rows = await service.ctx.sql`
      select 1 from pgboss.job
       where state in ('created', 'retry') and (start_after <= clock_timestamp() or ${retries} and state = 'retry')
       limit 1`;
    return rows.length > 0;
  });
  const hasWork = () => hasNewWork(retries);

  const timeIsUpAt = keptUntilStatements(async () => {
    const [row] = await service.ctx.sql<{ at: Date | null }[]>`
      select least(
        (select min(deadline_at) from calls where state <> 'closed'),
        (select min(pinned_until) from call_legs where released_at is null)) as at`;
    return row?.at?.getTime() ?? Infinity;
  });
  const isTimeUp = async () => (await timeIsUpAt()) <= service.clock.now().getTime();

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

  /** Waits until the jobs are done or wait for the network, whose answers need the clock to move. */
  async function untilDoneOrWaiting(draining: Promise<void>): Promise<void> {
    let isDone = false;
    void draining.then(() => {
      isDone = true;
    });
    while (!isDone && simulator.waitingForTime() < drains.size) {
      await Promise.race([draining, new Promise((resolve) => setTimeout(resolve, 5))]);
    }
  }

  async function finishDue(): Promise<void> {
    await simulator.settled();
    while (await hasWork()) {
      await untilDoneOrWaiting(drain());
      await simulator.settled();
    }
    await turn();
  }

  return {
    finishDue,
    async sweep(): Promise<void> {
      if (failures.length > 0) retries = true;
      const isUp = await isTimeUp();
      const second = Math.floor(service.clock.now().getTime() / 1000);
      for (const { job, run } of sweeps) {
        if (isUp || second % (job.everySeconds ?? 1) === 0) await run({});
      }
      await finishDue();
    },
    stop: () => Promise.all(drains).then(() => {}),
  };
}
