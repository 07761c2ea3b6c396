import type { ReceivedMail } from './mail-server.ts';

/** What a buyer knows of a request, and who has to get a mail for it. */
export interface KnownRequest {
  round: string;
  buyer: string;
  recipients: string[];
  answers: { id: string; number: string }[];
}

/** What may have let a process send mails without storing that. */
export interface KnownProcess {
  name: string;
  interruptedBy: string | null;
  unstored: number;
}

/** What went wrong, one line for each. All empty: nothing was lost or doubled. */
export interface Faults {
  /** Somebody who has to get a mail has none that the server accepted, though the request was answered with 201. */
  lost: string[];
  /** A request without an answer of which some mails were sent and some not. */
  partial: string[];
  /** Another request for the same key: other numbers in answers or in mails to the buyer. */
  secondRequests: string[];
  /** Another Message-ID for the same person, request and kind. */
  secondMails: string[];
  /** Copies of a mail that differ in headers or text. */
  unequal: string[];
  /** A mail to somebody who wasn't asked, or of no known request. */
  strangers: string[];
  /** Copies of a mail that no interruption explains. */
  doubled: string[];
}

export interface RoundCounts {
  answered: number;
  unanswered: number;
  /** Of these. */
  storedUnanswered: number;
  owed: number;
  received: number;
  lost: number;
}

export interface Audit {
  faults: Faults;
  /** Mails that had to come, and came. */
  owed: number;
  /** Mails with the final dot, copies included, and those accepted by 250. */
  copies: number;
  accepted: number;
  distinct: number;
  /** Equal copies more than one, by what interrupted the process that sent it before. */
  repeated: Map<string, number>;
  /** How many more the interruptions allow at most. */
  mayRepeat: number;
  rounds: Map<string, RoundCounts>;
}

/**
 * Compares what buyers were answered with what the mail server got. An answer with 201 owes each recipient exactly one mail; without one
 * all get theirs, or nobody. A mail may come again, equal to the byte, only from a process that was interrupted after the final dot and
 * before it stored that.
 */
export function audit(
  requests: readonly KnownRequest[],
  mails: readonly ReceivedMail[],
  processes: readonly KnownProcess[],
): Audit {
  const faults: Faults = {
    ...{
      lost: [],
      partial: [],
      secondRequests: [],
      secondMails: [],
      unequal: [],
      strangers: [],
      doubled: [],
    },
  };
  const byNumber = numbersOf(requests, mails, faults);
  const ofRequest = Map.groupBy(mails, ({ number }) => byNumber.get(number));
  for (const { recipient, messageId } of ofRequest.get(undefined) ?? [])
    faults.strangers.push(`${messageId} to ${recipient}: of no request`);
  const rounds = new Map<string, RoundCounts>();
  for (const request of requests) {
    const counts = checkRequest(request, ofRequest.get(request) ?? [], faults);
    const sum = rounds.get(request.round) ?? {
      answered: 0,
      unanswered: 0,
      storedUnanswered: 0,
      owed: 0,
      received: 0,
      lost: 0,
    };
    for (const name of Object.keys(sum) as (keyof RoundCounts)[]) sum[name] += counts[name];
    rounds.set(request.round, sum);
  }
  const copies = Map.groupBy(mails, ({ messageId }) => messageId);
  const interrupted = processes.filter(({ interruptedBy }) => interruptedBy !== null);
  const repeated = new Map<string, number>();
  for (const [messageId, own] of copies)
    checkCopies(messageId, own, { processes: interrupted, faults, repeated });
  const mayRepeat = interrupted.reduce((sum, { unstored }) => sum + unstored, 0);
  const repeats = [...repeated.values()].reduce((sum, count) => sum + count, 0);
  if (repeats > mayRepeat)
    faults.doubled.push(`${repeats} copies, of which interruptions explain ${mayRepeat}`);
  return {
    ...{ faults, repeated, mayRepeat, rounds, copies: mails.length, distinct: copies.size },
    accepted: mails.filter(({ isAccepted }) => isAccepted).length,
    owed: [...rounds.values()].reduce((sum, { owed }) => sum + owed, 0),
  };
}

/** Returns each number's request: by its answers, and by the buyer's own mail where no answer came. */
function numbersOf(
  requests: readonly KnownRequest[],
  mails: readonly ReceivedMail[],
  faults: Faults,
): Map<string, KnownRequest> {
  const ofBuyer = Map.groupBy(mails, ({ recipient }) => recipient);
  const found = new Map<string, KnownRequest>();
  for (const request of requests) {
    const mailed = (ofBuyer.get(request.buyer) ?? []).map(({ number }) => number);
    const numbers = new Set([...request.answers.map(({ number }) => number), ...mailed]);
    const ids = new Set(request.answers.map(({ id }) => id));
    if (numbers.size > 1 || ids.size > 1)
      faults.secondRequests.push(`${request.buyer}: ${[...numbers, ...ids].join(', ')}`);
    for (const number of numbers) found.set(number, request);
  }
  return found;
}

/** Checks who got a mail of a request. */
function checkRequest(request: KnownRequest, mails: readonly ReceivedMail[], faults: Faults): RoundCounts {
  const { buyer, recipients, answers } = request;
  const isAnswered = answers.length > 0;
  const ofRecipient = Map.groupBy(mails, ({ recipient }) => recipient);
  const arrived = recipients.filter((one) => ofRecipient.get(one)?.some(({ isAccepted }) => isAccepted));
  const missing = recipients.filter((one) => !arrived.includes(one));
  if (isAnswered)
    faults.lost.push(...missing.map((one) => `${buyer}, ${answers[0]?.number}: no mail to ${one}`));
  else if (mails.length > 0 && missing.length > 0)
    faults.partial.push(`${buyer}: mails to ${arrived.join(', ')}, none to ${missing.join(', ')}`);
  for (const [recipient, own] of ofRecipient) {
    if (!recipients.includes(recipient)) faults.strangers.push(`${buyer}: a mail to ${recipient}`);
    const ids = new Set(own.map(({ messageId }) => messageId));
    if (ids.size > 1) faults.secondMails.push(`${buyer}: ${recipient} got ${[...ids].join(', ')}`);
  }
  const isOwed = isAnswered || mails.length > 0;
  return {
    ...{ answered: Number(isAnswered), unanswered: Number(!isAnswered) },
    storedUnanswered: Number(!isAnswered && mails.length > 0),
    ...{ owed: isOwed ? recipients.length : 0, received: arrived.length },
    lost: isAnswered ? missing.length : 0,
  };
}

/** Checks copies of one mail: equal, and each but one sent by a process that was interrupted. */
function checkCopies(
  messageId: string,
  copies: readonly ReceivedMail[],
  about: { processes: readonly KnownProcess[]; faults: Faults; repeated: Map<string, number> },
): void {
  const differs = (part: (mail: ReceivedMail) => string) => new Set(copies.map(part)).size > 1;
  if (
    differs(({ recipient }) => recipient) ||
    differs(({ date }) => date) ||
    differs(({ content }) => content)
  )
    about.faults.unequal.push(`${messageId}: ${copies.length} copies differ`);
  const causes = copies.flatMap(({ from }) => {
    const process = about.processes.find(({ name }) => name === from);
    return process?.interruptedBy && process.unstored > 0 ? [process.interruptedBy] : [];
  });
  for (let extra = 1; extra < copies.length; extra += 1) {
    const cause = causes[extra - 1];
    if (cause === undefined)
      about.faults.doubled.push(
        `${messageId} to ${copies[0]?.recipient} from ${copies.map(({ from }) => from).join(', ')}`,
      );
    else about.repeated.set(cause, (about.repeated.get(cause) ?? 0) + 1);
  }
}
