import { createTransport } from 'nodemailer';

export interface Mail {
  from: string;
  to: { name: string; address: string };
  replyTo?: string;
  subject: string;
  text: string;
  html: string;
  /** `<...@...>`, fixed when the mail was queued. */
  messageId: string;
  date: Date;
  headers: Record<string, string>;
}

/** `refusal`: a permanent refusal by the mail server (5xx). Other failures throw and are retried. */
export type MailOutcome = { sent: true } | { sent: false; refusal: string };

export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>;
  close(): void;
}

/** Creates an SMTP client. `smtpUrl`: smtp://user:password@host:port or smtps://. */
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
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        return { sent: false, refusal };
      }
    },
    close: () => transport.close(),
  };
}

/**
 * Returns the server's text if it permanently refused this recipient or mail (5xx to RCPT TO or DATA, RFC 5321, 4.2.1).
 * Null for what may pass or an operator must fix: 4xx, timeouts, wrong password, sender not allowed.
 */
function refusalOf(error: unknown): string | null {
  const { responseCode, response, command, message } = error as {
    responseCode?: number;
    response?: string;
    command?: string;
    message: string;
  };
  if (command === 'API' && message.startsWith('Invalid recipient')) return message.slice(0, longestRefusal);
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  if (!aboutThisMail || responseCode === undefined || responseCode < 500) return null;
  return (response ?? String(responseCode)).slice(0, longestRefusal);
}

const longestRefusal = 500;
