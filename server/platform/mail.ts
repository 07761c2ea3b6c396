import { createTransport } from 'nodemailer';

export interface Mail {
  from: string;
  to: { name: string; address: string };
  replyTo?: string;
  subject: string;
  text: string;
  html: string;
  /** Fixed when the mail was decided: `<...@...>`. */
  messageId: string;
  date: Date;
  headers: Record<string, string>;
}

/** What became of handing a mail over: `refused` is for good (5xx), anything else that failed throws and is retried. */
export type MailOutcome = { sent: true } | { sent: false; refusal: string };

export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>;
  close(): void;
}

/** SMTP by nodemailer's pool. `smtpUrl`: smtp://user:password@host:port or smtps://. */
export function createMailer(smtpUrl: string): Mailer {
  const url = new URL(smtpUrl);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const transport = createTransport({
    pool: true,
    maxConnections: 4,
    maxMessages: Infinity,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
    secure: url.protocol === 'smtps:',
    ignoreTLS: loopback && url.protocol === 'smtp:',
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail(mail);
        return { sent: true };
      } catch (error) {
        const { responseCode, response } = error as { responseCode?: number; response?: string };
        // 5xx about this mail is final (RFC 5321, 4.2.1); 4xx, time-outs and refused connections are not.
        if (responseCode !== undefined && responseCode >= 500 && responseCode !== 535) {
          return { sent: false, refusal: (response ?? String(responseCode)).slice(0, 500) };
        }
        throw error;
      }
    },
    close: () => transport.close(),
  };
}
