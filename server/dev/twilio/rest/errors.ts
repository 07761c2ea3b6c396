import type { FastifyReply } from 'fastify';

const messages: Record<number, string> = {
  10004: 'Call concurrency limit exceeded',
  20001: 'Invalid parameter',
  20003: 'Authenticate',
  20004: 'Method not allowed',
  20404: 'The requested resource was not found',
  20429: 'Too Many Requests',
  21201: "No 'To' number is specified",
  21205: 'Url parameter is required',
  21210:
    "The source phone number provided is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.",
  21211: "The 'To' phone number you are attempting to call is not valid.",
  21212: "The 'From' phone number is not a valid phone number.",
  21213: "No 'From' number is specified",
  21214: "The 'To' phone number cannot be reached",
  21215:
    'Account not authorized to call this number. Perhaps you need to enable some international permissions',
  21216: 'Account not allowed to call this number',
  21217: 'Phone number does not appear to be valid',
  21218: 'Invalid parameter: Twiml',
  21220: 'Call is not in-progress. Cannot redirect.',
};

/** An error in Twilio's form. */
export class RestError extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message = messages[code] ?? 'Error') {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const notFound = (path: string): RestError =>
  new RestError(404, 20404, `The requested resource ${path} was not found`);

export function sendError(reply: FastifyReply, { status, code, message }: RestError): FastifyReply {
  return reply
    .code(status)
    .type('application/json')
    .send({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}
