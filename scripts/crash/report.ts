import type { Audit, Faults } from './audit.ts';
import type { CallCounts } from './calls.ts';
import { pointNames } from './points.ts';
import { frozen, restart, type Done } from './rounds.ts';

/** What a run found, for people and for programs. */
export interface Report {
  seed: string;
  seconds: number;
  kills: number;
  secondsOfKill: { p50: number; p95: number };
  points: Record<string, PointCounts>;
  totals: Record<string, number>;
  troubles: string[];
  calls: CallCounts;
  /** By kind; empty if nothing was lost or doubled. */
  faults: Record<string, string[]>;
}

/** Of the requests sent in the rounds of one kind. */
export interface PointCounts {
  times: number;
  '201': number;
  'no answer': number;
  'of these stored': number;
  'mails owed': number;
  received: number;
  lost: number;
  'sent twice': number;
}

export interface Findings {
  seed: string;
  seconds: number;
  done: Done;
  /** Rounds that could not be finished. */
  failed: string[];
  audit: Audit;
  calls: CallCounts;
  /** Of the requests that were answered, each with each of its vendors. */
  pairs: number;
  /** Attempts to send a request that got no answer. */
  attemptsLost: number;
  processes: { started: number; fallen: string[]; asked: number; clean: number };
  /** Requests whose own page shows something else than was answered. */
  wrongViews: string[];
}

export function reportOf(found: Findings): Report {
  const { audit, done, processes } = found;
  const times = done.kills.map(({ ms }) => ms / 1_000).sort((a, b) => a - b);
  const at = (share: number) => Number((times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2));
  const faults: Record<string, string[]> = {
    ...faultsOf(audit.faults),
    ...{ 'requests shown otherwise': found.wrongViews, calls: found.calls.faults },
    'rounds that could not be finished': found.failed,
    'processes that ended by themselves': processes.fallen,
    'processes that did not end with 0 after SIGTERM':
      processes.clean < processes.asked ? [`${processes.asked - processes.clean} of ${processes.asked}`] : [],
  };
  return {
    ...{ seed: found.seed, seconds: Math.round(found.seconds), kills: done.kills.length },
    secondsOfKill: { p50: at(0.5), p95: at(0.95) },
    points: Object.fromEntries([...pointNames, restart, frozen].map((name) => [name, countsOf(name, found)])),
    totals: {
      requests: sum(audit, 'answered') + sum(audit, 'unanswered'),
      ...{ answered: sum(audit, 'answered'), 'of these, each with each vendor': found.pairs },
      'attempts without an answer': found.attemptsLost,
      ...{
        'mails owed': audit.owed,
        'mails with 250': audit.accepted,
        'mails with the final dot': audit.copies,
      },
      ...{ 'different mails': audit.distinct, 'copies that may come': audit.mayRepeat },
      ...{ 'processes started': processes.started, 'ended by SIGTERM': processes.clean },
    },
    troubles: done.troubles,
    calls: found.calls,
    faults,
  };
}

export const isFaultless = ({ faults }: Report): boolean =>
  Object.values(faults).every((lines) => lines.length === 0);

function faultsOf(faults: Faults): Record<string, string[]> {
  return {
    ...{ 'mails lost': faults.lost, 'requests mailed in part': faults.partial },
    ...{ 'second requests for a key': faults.secondRequests, 'second mails to a person': faults.secondMails },
    ...{ 'copies that differ': faults.unequal, 'mails nobody owes': faults.strangers },
    'copies that nothing explains': faults.doubled,
  };
}

const sum = ({ rounds }: Audit, name: 'answered' | 'unanswered'): number =>
  [...rounds.values()].reduce((total, counts) => total + counts[name], 0);

function countsOf(name: string, { audit, done }: Findings): PointCounts {
  const counts = audit.rounds.get(name);
  const times: Record<string, number> = { [restart]: done.restarts, [frozen]: done.freezes };
  return {
    times: times[name] ?? done.kills.filter(({ point }) => point === name).length,
    ...{ '201': counts?.answered ?? 0, 'no answer': counts?.unanswered ?? 0 },
    'of these stored': counts?.storedUnanswered ?? 0,
    ...{ 'mails owed': counts?.owed ?? 0, received: counts?.received ?? 0, lost: counts?.lost ?? 0 },
    'sent twice': audit.repeated.get(name) ?? 0,
  };
}

const mostLines = 20;

export function print(report: Report): void {
  console.table(report.points);
  console.table(Object.entries(report.totals).map(([what, count]) => ({ what, count })));
  const { calls } = report;
  console.log(
    `Calls: ${calls.calls}, ${calls.unanswered} clicks without an answer; ended as`,
    calls.outcomes,
  );
  if (report.troubles.length > 0) console.log(`The mail server ${report.troubles.join(', ')}.`);
  for (const [name, lines] of Object.entries(report.faults)) {
    console.log(`${String(lines.length).padStart(5)} ${name}`);
    for (const line of lines.slice(0, mostLines)) console.log(`        ${line}`);
  }
  const { p50, p95 } = report.secondsOfKill;
  console.log(
    `${report.kills} kills in ${report.seconds} s, seed ${report.seed}; one takes ${p50} s (p50), ${p95} s (p95).`,
  );
  console.log(isFaultless(report) ? 'Nothing lost, nothing doubled.' : 'FAILED: see above.');
}
