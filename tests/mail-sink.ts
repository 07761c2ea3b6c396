import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail extends Email {
  /** The envelope's recipient. */
  recipient: string;
  raw: string;
  links: string[];
}

export interface MailSink {
  port: number;
  received: ReceivedMail[];
  /** The SMTP codes with which recipients are refused. */
  refuse: Map<string, number>;
  /** Returns the mails received so far for one address. */
  to(address: string): ReceivedMail[];
  close(): Promise<void>;
}

/** Starts a real mail server on loopback that keeps what it receives. */
export async function startMailSink(): Promise<MailSink> {
  const received: ReceivedMail[] = [];
  const refuse = new Map<string, number>();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    onRcptTo(address, _session, done) {
      const code = refuse.get(address.address);
      if (code === undefined) return done();
      done(Object.assign(new Error('this address is refused'), { responseCode: code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void keep(
          Buffer.concat(chunks),
          session.envelope.rcptTo.map((to) => to.address),
        ).then(() => done());
      });
    },
  });
  async function keep(raw: Buffer, recipients: string[]): Promise<void> {
    const email = await PostalMime.parse(raw);
    const links = [
      ...new Set(`${email.text ?? ''}\n${email.html ?? ''}`.match(/https?:\/\/[^\s"'<>)]+/g) ?? []),
    ];
    for (const recipient of recipients)
      received.push({ ...email, recipient, raw: raw.toString('utf8'), links });
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    refuse,
    to: (address) => received.filter((mail) => mail.recipient === address),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
