/** What a mail server has of a mail: the client's last command, or half or all of the text. It has not answered yet. */
export type MailPhase = 'connected' | 'MAIL' | 'RCPT' | 'DATA' | 'half' | 'all';

/** What a process is about, as its connections to the database and the mail server show. */
export type Moment =
  /** On its way to the database, which doesn't have it yet. */
  | { kind: 'statement'; text: string }
  /** Done by the database; the process doesn't know yet. `before`: the earlier statements of its transaction. */
  | { kind: 'answered'; text: string; tag: string; before: readonly string[] }
  | { kind: 'mail'; phase: MailPhase };

export interface Point {
  name: string;
  process: 'serve' | 'worker';
  at: (moment: Moment) => boolean;
  /** Whether SIGTERM is sent then, and SIGKILL once the process has begun to end. */
  isEnding?: true;
}

const sending = (text: RegExp) => (moment: Moment) => moment.kind === 'statement' && text.test(moment.text);
const answered = (text: RegExp) => (moment: Moment) => moment.kind === 'answered' && text.test(moment.text);
const committed = (text: RegExp) => (moment: Moment) =>
  moment.kind === 'answered' && /^commit/i.test(moment.text) && moment.before.some((one) => text.test(one));
const mail = (phase: MailPhase) => (moment: Moment) => moment.kind === 'mail' && moment.phase === phase;

const insertsRequest = /insert into requests\b/;
const fetchesMails = /'send-delivery'[^]*SKIP LOCKED/;
const storesSent = /^\s*update deliveries d set\b/;
/** Has stored that a mail was sent: only the end of the transaction does. */
export const hasStoredSent = committed(storesSent);

/** A worker that ends gives up its lease first. */
export const endsLease = answered(/^\s*delete from workers where id\b/);

/** Where `kill -9` hits. The last point has two rows, which take turns. */
export const points: readonly Point[] = [
  { name: 'before BEGIN', process: 'serve', at: sending(/^begin\s*$/i) },
  { name: 'in the transaction', process: 'serve', at: answered(insertsRequest) },
  {
    name: 'between COMMIT and the answer',
    process: 'serve',
    at: committed(insertsRequest),
  },
  {
    name: 'job claimed',
    process: 'worker',
    at: (moment) => answered(fetchesMails)(moment) && moment.kind === 'answered' && !/ 0$/.test(moment.tag),
  },
  { name: 'connected to the mail server', process: 'worker', at: mail('connected') },
  { name: 'after MAIL', process: 'worker', at: mail('MAIL') },
  { name: 'after RCPT', process: 'worker', at: mail('RCPT') },
  { name: 'in the middle of DATA', process: 'worker', at: mail('half') },
  { name: 'after the final dot, before 250', process: 'worker', at: mail('all') },
  { name: 'after 250, before "sent" is stored', process: 'worker', at: sending(storesSent) },
  { name: 'after "sent" is stored, before the job ends', process: 'worker', at: hasStoredSent },
  { name: 'during SIGTERM', process: 'worker', at: mail('DATA'), isEnding: true },
  { name: 'during SIGTERM', process: 'serve', at: answered(insertsRequest), isEnding: true },
];

/** The names of the twelve points. */
export const pointNames: readonly string[] = [...new Set(points.map(({ name }) => name))];
