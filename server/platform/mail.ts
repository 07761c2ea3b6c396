import { createTransport } from 'nodemailer';
import { storable } from './json.ts';

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

/**
 * `refusal`: a permanent refusal by the mail server (5xx); `isAddress`: of the address, whatever the mail. Other failures
 * throw and are retried.
 */
export type MailOutcome = { sent: true } | { sent: false; refusal: string; isAddress: boolean };

export interface Mailer {
  /** `signals`: each closes the connection that sends the mail. */
  send(mail: Mail, ...signals: AbortSignal[]): Promise<MailOutcome>;
  close(): void;
}

export interface MailerOptions {
  /** At least as many mails as are sent at once, slow ones included: `mailing/places.ts`. */
  connections?: number;
  longestMs?: number;
}

/** Creates an SMTP client. `smtpUrl`: smtp://user:password@host:port or smtps://. */
export function createMailer(
  smtpUrl: string,
  { connections = 40, longestMs = 60_000 }: MailerOptions = {},
): Mailer {
  const url = new URL(smtpUrl);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    // The job decides whether a mail is still this worker's to send.
    maxRequeues: 0,
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
    async send(mail, ...signals) {
      // The timeouts above are about silence: an answer that drips in would take forever.
      const signal = AbortSignal.any([AbortSignal.timeout(longestMs), ...signals]);
      const withSignal: Mail & { signal: AbortSignal } = { ...mail, signal };
      try {
        await transport.sendMail(withSignal);
        return { sent: true };
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        return { sent: false, refusal, isAddress: isRefusedAddress(error) };
      }
    },
    close: () => transport.close(),
  };
}

/** What nodemailer's errors say of the server's answer to a command. */
interface SmtpError extends Error {
  responseCode?: number;
  response?: string;
  command?: string;
}

/**
 * Returns the server's text if it permanently refused this recipient or mail (5xx to RCPT TO or DATA, RFC 5321, 4.2.1).
 * Null for what may pass or an operator must fix: 4xx, timeouts, wrong password, sender not allowed.
 */
function refusalOf(error: unknown): string | null {
  const { responseCode, response, command, message } = error as SmtpError;
  if (command === 'API' && message.startsWith('Invalid recipient')) return refusalText(message);
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  if (!aboutThisMail || responseCode === undefined || responseCode < 500) return null;
  return refusalText(response ?? String(responseCode));
}

const longestRefusal = 500;

/** Returns what can be stored: a server may answer NUL, and the cut may halve an emoji. */
const refusalText = (text: string): string => storable(text.slice(0, longestRefusal));

/** Returns whether the address was refused, not our right to send (RFC 3463, 5.7.x) nor the mail. */
function isRefusedAddress(error: unknown): boolean {
  const { responseCode = 0, response = '', command } = error as SmtpError;
  const isOurs = /^5\d\d[ -]5\.7\./.test(response);
  return command === 'RCPT TO' && responseCode >= 550 && responseCode < 560 && !isOurs;
}

/**
 * Returns whether only this recipient was refused for now: a full mailbox, or a list of unknown senders (RFC 3463, 4.2.x
 * and 4.7.x). Anything else is taken for trouble of the server, which delays all mails.
 */
export function isAboutRecipient(error: unknown): boolean {
  const { responseCode = 0, response = '', command } = error as SmtpError;
  if (command !== 'RCPT TO' && command !== 'DATA') return false;
  const [, subject] = /^4\d\d[ -]4\.(\d{1,3})\./.exec(response) ?? [];
  return subject === undefined
    ? responseCode === 450 || responseCode === 452
    : subject === '2' || subject === '7';
}
