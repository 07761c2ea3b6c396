import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { Mailbox } from './mailbox.ts';

export interface MailCatcher {
  /** smtp://127.0.0.1:port */
  url: string;
  close(): Promise<void>;
}

const largestMail = 25 * 1024 * 1024;

/** Starts a mail server on a free loopback port. It stores all mails and forwards none. */
export async function startCatcher(mailbox: Mailbox): Promise<MailCatcher> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: largestMail,
    onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map((to) => to.address);
      collect(stream)
        .then(async (raw) => {
          if (stream.sizeExceeded) throw smtpError(552, 'The mail is too large');
          for (const recipient of recipients) await mailbox.keep(raw, recipient);
        })
        .then(
          () => done(),
          (error: Error) => done('responseCode' in error ? error : smtpError(451, error.message)),
        );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // Ignore connections that break off: the sender retries.
  server.on('error', () => {});
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (!stream.sizeExceeded) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
