import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export interface Copy extends Email {
  recipients: string[];
}

/** A mail server that tests make refuse mails, lose connections, or stop answering. */
export interface MoodySink {
  port: number;
  /** Every mail whose body arrived in full, acknowledged or not. */
  received: Copy[];
  /** Sets the SMTP code for the sender, for a recipient, or for the body; 250 accepts. `line`: before the last one. */
  answerSender(code: number): void;
  answerTo(address: string, code: number, line?: string): void;
  answerData(address: string, code: number): void;
  /** Takes the body of mails to this address, then drops the connection instead of acknowledging. */
  loseAfterData(address: string): void;
  keepConnections(): void;
  /** Takes bodies without acknowledging them once `count` mails were acknowledged, until `acknowledgeAgain`. */
  stopAcknowledgingAfter(count: number): void;
  acknowledgeAgain(): void;
  /** Answers recipients of this address one byte at a time, without end, until `stopDripping`. */
  dripTo(address: string): void;
  stopDripping(): void;
  /** Counts the answers that drip now. */
  dripping(): number;
  /** Counts the mails taken without an acknowledgement. */
  unanswered(): number;
  /** Whether a sender is connected or a mail is being read. */
  isBusy(): boolean;
  close(): Promise<void>;
}

export async function startMoodySink(): Promise<MoodySink> {
  const received: Copy[] = [];
  const senderCodes: number[] = [];
  const toAnswers = new Map<string, { code: number; line: string | undefined }>();
  const dataCodes = new Map<string, number>();
  const lost = new Set<string>();
  let acknowledged = 0;
  let unanswered = 0;
  let reading = 0;
  let silentAfter = Infinity;
  const sockets = new Set<Socket>();
  const drips = new Set<string>();
  const dripping = new Set<() => void>();
  const refusal = (code: number) => Object.assign(new Error(`answered ${code}`), { responseCode: code });
  const socketOf = (session: SMTPServerSession) =>
    [...sockets].find(({ remotePort }) => remotePort === session.remotePort);

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    onMailFrom(_address, _session, done) {
      const [code] = senderCodes;
      done(code === undefined ? null : refusal(code));
    },
    onRcptTo({ address }, session, done) {
      if (drips.has(address)) return drip(session, done);
      const { code, line } = toAnswers.get(address) ?? { code: 250 };
      // Past the library, which replaces control characters.
      if (line !== undefined) socketOf(session)?.write(`${code}-${line}\r\n`);
      done(code === 250 ? null : refusal(code));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => void take(Buffer.concat(chunks), session, done));
    },
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // A sender that is killed during a mail resets its connection.
  server.on('error', () => {});

  function drip(session: SMTPServerSession, done: () => void): void {
    const socket = socketOf(session);
    if (!socket) return done();
    // A line of a longer answer that never ends.
    socket.write('250-');
    const timer = setInterval(() => socket.write('.'), 50);
    const end = () => {
      clearInterval(timer);
      dripping.delete(stop);
    };
    const stop = () => {
      end();
      socket.write('\r\n');
      done();
    };
    dripping.add(stop);
    socket.once('close', end);
  }

  async function take(raw: Buffer, session: SMTPServerSession, done: (error?: Error | null) => void) {
    const recipients = session.envelope.rcptTo.map(({ address }) => address);
    reading += 1;
    received.push({ ...(await PostalMime.parse(raw)), recipients });
    reading -= 1;
    const code = recipients.map((address) => dataCodes.get(address)).find((each) => each !== undefined);
    if (code !== undefined) return done(refusal(code));
    if (recipients.some((address) => lost.has(address))) {
      for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
      return;
    }
    if (acknowledged >= silentAfter) {
      unanswered += 1;
      return;
    }
    acknowledged += 1;
    done();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    answerSender: (code) => void senderCodes.splice(0, 1, code),
    answerTo: (address, code, line) => void toAnswers.set(address, { code, line }),
    answerData: (address, code) => void dataCodes.set(address, code),
    loseAfterData: (address) => void lost.add(address),
    keepConnections: () => lost.clear(),
    stopAcknowledgingAfter: (count) => void (silentAfter = count),
    acknowledgeAgain: () => void (silentAfter = Infinity),
    dripTo: (address) => void drips.add(address),
    stopDripping() {
      drips.clear();
      for (const stop of dripping) stop();
    },
    dripping: () => dripping.size,
    unanswered: () => unanswered,
    isBusy: () => sockets.size > 0 || reading > 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
