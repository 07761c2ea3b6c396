export type RetryReason = 'ct' | 'rt' | '4xx' | '5xx';

/** Timeouts and retries of one URL (Twilio's webhook connection overrides). */
export interface Overrides {
  connectSeconds: number;
  readSeconds: number;
  totalSeconds: number;
  retries: number;
  retryOn: Set<RetryReason>;
}

// Twilio's limit of all requests about a call.
const capSeconds = 15;
const mostRetries = 5;
const reasons: RetryReason[] = ['ct', 'rt', '4xx', '5xx'];

/** Parses `rc=3&rp=ct,5xx&ct=2000&rt=4000&tt=9000` (milliseconds). Missing and invalid values have Twilio's defaults. */
export function readOverrides(fragment: string): Overrides {
  const said = new URLSearchParams(fragment);
  const seconds = (name: string, least: number, most: number, usual: number) => {
    const value = Number(said.get(name) ?? Number.NaN);
    return (value >= least && value <= most ? value : usual) / 1000;
  };
  const retries = Number(said.get('rc') ?? Number.NaN);
  const policy = (said.get('rp') ?? 'ct').split(',');
  return {
    connectSeconds: seconds('ct', 100, 10_000, 5_000),
    readSeconds: seconds('rt', 100, 15_000, 15_000),
    totalSeconds: seconds('tt', 100, capSeconds * 1000, capSeconds * 1000),
    retries: Number.isInteger(retries) && retries >= 0 && retries <= mostRetries ? retries : 1,
    retryOn: new Set(policy.includes('all') ? reasons : reasons.filter((reason) => policy.includes(reason))),
  };
}
