import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { MailPhase } from './points.ts';
import { openWay, type Filter, type Way } from './way.ts';

/** A mail as the server has it, with the final dot. */
export interface ReceivedMail {
  recipient: string;
  /** The request's number. */
  number: string;
  messageId: string;
  date: string;
  /** A hash of headers and text, without the borders between parts, which each sending chooses. */
  content: string;
  /** The process that sent it. */
  from: string;
  /** Whether the server answered 250: until then the mail is the client's. */
  isAccepted: boolean;
}

/** The code that the server answers, or how long it waits before it goes on. */
export type Trouble = number | { pauseMs: number };

/** 'hold': never answers. */
export type Judgement = 'pass' | 'hold' | Trouble;

/** What the mail server asks about each client, which is a process or its successors. */
export interface MailClient {
  judge(phase: MailPhase): Judgement;
  /** The name of the process that runs now. */
  name(): string;
  onReceived(): void;
}

export interface MailServer {
  received: ReceivedMail[];
  /** Opens a port for one client. */
  openFor(client: MailClient): Promise<Way>;
}

export function createMailServer(): MailServer {
  const received: ReceivedMail[] = [];
  return {
    received,
    async openFor(client) {
      const server = createServer(client, received);
      server.listen(0, '127.0.0.1');
      await once(server.server, 'listening');
      return openWay((server.server.address() as AddressInfo).port, (answer) =>
        readSmtp((phase) => client.judge(phase), answer),
      );
    },
  };
}

/** Creates a server that answers as judged, and keeps what it gets. */
function createServer(client: MailClient, received: ReceivedMail[]): SMTPServer {
  const decide = (judgement: Judgement, done: (error?: Error) => void) => {
    if (judgement === 'pass') done();
    else if (typeof judgement === 'number') done(refusal(judgement));
    else if (judgement !== 'hold') setTimeout(done, judgement.pauseMs);
  };
  const server = new SMTPServer({
    // So that a client sends the next command after the answer to the last.
    hidePIPELINING: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    onConnect: (_session, done) => decide(client.judge('connected'), done),
    onMailFrom: (_address, _session, done) => decide(client.judge('MAIL'), done),
    onRcptTo: (_address, _session, done) => decide(client.judge('RCPT'), done),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', () => {});
      stream.on('end', () => {
        const judgement = client.judge('all');
        if (typeof judgement === 'number') return done(refusal(judgement));
        const text = Buffer.concat(chunks).toString('utf8');
        const mails = session.envelope.rcptTo.map(({ address }) => ({
          ...readMail(text),
          ...{ recipient: address, from: client.name(), isAccepted: false },
        }));
        received.push(...mails);
        client.onReceived();
        decide(judgement, () => {
          for (const mail of mails) mail.isAccepted = true;
          done();
        });
      });
    },
  });
  // Killed clients reset their connections.
  server.on('error', () => {});
  return server;
}

const refusal = (code: number): Error =>
  Object.assign(new Error('answered so on purpose'), { responseCode: code });

function readMail(text: string): Omit<ReceivedMail, 'recipient' | 'from' | 'isAccepted'> {
  const headers = text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? '';
  const borders = [...text.matchAll(/boundary="([^"]+)"/g)].map(([, border]) => border ?? '');
  const same = borders.reduce((without, border) => without.replaceAll(border, ''), text);
  return {
    number: header('X-Quoteline-Request'),
    messageId: header('Message-ID'),
    date: header('Date'),
    content: createHash('sha256').update(same).digest('base64url'),
  };
}

/** Judges what smtp-server has no callback for: DATA before its text, and half the text, where no code can be answered. */
function readSmtp(judge: (phase: MailPhase) => Judgement, answer: (text: string) => void): Filter {
  const nothing = Buffer.alloc(0);
  let state: 'commands' | 'text' | 'over' = 'commands';
  let isIdle = true;
  let end = '';
  return {
    isIdle: () => isIdle,
    toServer(chunk) {
      if (state === 'over') return nothing;
      const text = chunk.toString('latin1');
      if (state === 'text') {
        const judgement = judge('half');
        if (judgement === 'hold') {
          state = 'over';
          return chunk.subarray(0, Math.min(chunk.length >> 1, 500));
        }
        end = (end + text).slice(-5);
        if (end === '\r\n.\r\n') state = 'commands';
        return afterPause(judgement, chunk);
      }
      if (/^MAIL FROM/i.test(text)) isIdle = false;
      if (!/^DATA\r\n$/i.test(text)) return chunk;
      const judgement = judge('DATA');
      if (judgement === 'hold') state = 'over';
      else if (typeof judgement === 'number') answer(`${judgement} answered so on purpose\r\n`);
      else {
        state = 'text';
        return afterPause(judgement, chunk);
      }
      return nothing;
    },
    toClient(chunk) {
      if (state === 'over') return nothing;
      if (/^250 .*message queued/i.test(chunk.toString('latin1'))) isIdle = true;
      return chunk;
    },
  };
}

const afterPause = (judgement: Judgement, chunk: Buffer): Buffer | Promise<Buffer> =>
  typeof judgement === 'object' ? pause(judgement.pauseMs, chunk) : chunk;
