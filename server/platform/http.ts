import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import cookie from '@fastify/cookie';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyServerFactory,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { isReadOnly, outageOf } from '#db/outage.ts';
import { retryAfterSeconds } from '#server/common/unavailable.ts';
import type { Config } from './config.ts';
import type { FieldError } from './errors.ts';
import { Refusal, refuse } from './errors.ts';
import { handOverInProcess } from './in-process.ts';
import { jsonCopy, parseJson } from './json.ts';
import { loggedError, withoutTokens } from './log.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface HttpOptions {
  logLevel: Config['logLevel'];
  /** Whether browsers may insist on https. */
  isHttps?: boolean;
  serverFactory?: FastifyServerFactory;
  trustProxy?: string | undefined;
  /** Throws if a response doesn't fit its schema. For tests, so that the OpenAPI document is right. */
  validateResponses?: boolean;
}

const bodyLimitBytes = 2 * 1024 * 1024;

/** Enough for a URL with a query of 2,000 characters of up to 12 encoded bytes. */
export const maxHeaderSize = 64 * 1024;

/** Returns whether a request may upgrade to a socket: only `/ws`. HTTP allows to ignore other upgrades. */
export function maySwitchProtocol({ method, url = '', headers }: IncomingMessage): boolean {
  const offered = headers.upgrade?.toLowerCase();
  return offered === 'websocket' && method === 'GET' && /^\/ws\/?(?:\?|$)/.test(url);
}

// They keep what they have compiled, which costs more than the rest of a start: for all services of the process.
const bodies = formats.default(new Ajv({ allErrors: true, strict: false }));
const strings = formats.default(
  new Ajv({ allErrors: true, strict: false, coerceTypes: true, useDefaults: true }),
);

/** Creates a Fastify instance with our validation, problem+json and limits, without routes. */
export async function createHttp(options: HttpOptions): Promise<App> {
  const app = Fastify({
    logger: { level: options.logLevel, serializers: { err: loggedError } },
    // Don't log requests: URLs contain tokens.
    logController: new LogController({ disableRequestLogging: true }),
    ...(options.serverFactory ? { serverFactory: options.serverFactory } : {}),
    trustProxy: options.trustProxy ?? false,
    bodyLimit: bodyLimitBytes,
    http: { maxHeaderSize, shouldUpgradeCallback: maySwitchProtocol },
    requestTimeout: 60_000,
    // While the service closes, requests on open connections are served and then close them.
    return503OnClosing: false,
    // Malformed URL: answer 404 as problem+json and don't echo it, as it may contain a token.
    frameworkErrors: (_error, request, reply) => {
      const unknown = unknownAt(request.raw.url ?? '');
      reply.hijack();
      reply.raw
        .writeHead(unknown.status, {
          'content-type': 'application/problem+json',
          'cache-control': 'no-store',
        })
        .end(JSON.stringify(problem(unknown)));
    },
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? bodies : strings).compile(schema as object),
  );
  app.setSerializerCompiler(({ schema }) => {
    if (!options.validateResponses) return (data) => JSON.stringify(data);
    const validate = bodies.compile(schema as object);
    return (data) => checkedJson(data, validate);
  });
  handOverInProcess(app, { check: options.validateResponses ?? false });
  await app.register(cookie);
  app.decorateRequest('actor', null);

  // Refuse text/plain, which forms of other sites can send without a CORS preflight.
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : parseJson(body as string));
    } catch {
      done(refuse('invalid_input', { errors: [{ path: '', code: 'format', message: 'is not valid JSON' }] }));
    }
  });
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const outage = outageOf(error);
    const refusal = outage ? refuseFor(request.url) : asRefusal(error);
    const url = withoutTokens(request.url);
    // An outage fails every request, so log no stack; refusals are expected, so log only unexpected errors.
    if (outage)
      request.log.error(
        { url, code: outage.code, ...(isReadOnly(outage) ? { err: error } : {}) },
        `the database is away: ${outage.message}`,
      );
    else if (refusal.status >= 500 && !(error instanceof Refusal))
      request.log.error({ err: error, url }, 'request failed');
    if (refusal.retryAfterSeconds !== undefined)
      reply.header('retry-after', String(refusal.retryAfterSeconds));
    return reply
      .code(refusal.status)
      .header('content-type', 'application/problem+json')
      .send(problem(refusal));
  });
  // Responses are private: no caching, no MIME sniffing.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    for (const [name, value] of Object.entries(strictHeaders(options.isHttps ?? false))) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  app.setNotFoundHandler((request) => {
    throw unknownAt(request.raw.url ?? '');
  });
  return app;
}

/** Returns headers of answers that no page shows. */
export const strictHeaders = (isHttps: boolean): Record<string, string> => ({
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  ...transportHeaders(isHttps),
});

/** Makes browsers use https for this host and those below it (ASVS 3.4.1). */
export const transportHeaders = (isHttps: boolean): Record<string, string> =>
  isHttps ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {};

/** A link with a malformed token is answered like every wrong link. */
const malformedLink = /^\/api\/(?:enquiry-links|complaint-links|follow)\/(?![\w-]{54}(?:[/?]|$))[^/?]/;

const unknownAt = (url: string): Refusal => refuse(malformedLink.test(url) ? 'link_not_valid' : 'not_found');

/** Answers a request that isn't HTTP, or whose header fields are too large or come too slowly. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = refuse(error.code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'malformed');
  const body = JSON.stringify(problem(refusal));
  const head = [
    `HTTP/1.1 ${refusal.status} ${refusal.title}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: FieldError[];
}

function problem(refusal: Refusal): Problem {
  return {
    type: `about:blank#${refusal.code}`,
    title: refusal.title,
    status: refusal.status,
    code: refusal.code,
    detail: refusal.message,
    ...(refusal.errors.length > 0 ? { errors: refusal.errors } : {}),
  };
}

/** Returns the refusal while the database is away. Twilio takes any 5xx alike, and repeats nothing. */
const refuseFor = (url: string): Refusal =>
  url.startsWith('/webhooks/') ? refuse('internal') : refuse('unavailable', { retryAfterSeconds });

function asRefusal(error: FastifyError | Refusal): Refusal {
  if (error instanceof Refusal) return error;
  if (error.validation) {
    // A malformed id is answered like an unknown one.
    if (error.validationContext === 'params') return refuse('not_found');
    return refuse('invalid_input', {
      errors: fieldErrors(error.validation as ErrorObject[], error.validationContext),
    });
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuse('too_large');
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return refuse('unsupported_media_type');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return refuse('invalid_input', { detail: error.message });
  }
  return refuse('internal');
}

const keywordCodes: Record<string, string> = {
  required: 'required',
  type: 'wrong_type',
  format: 'format',
  pattern: 'format',
  minLength: 'required',
  maxLength: 'too_long',
  minimum: 'too_small',
  exclusiveMinimum: 'too_small',
  maximum: 'too_large',
  enum: 'not_allowed',
  const: 'not_allowed',
  minItems: 'too_few',
  maxItems: 'too_many_items',
  maxProperties: 'too_many_items',
  additionalProperties: 'not_allowed',
};

/** Ajv reports these keywords on the parent object. The field's name is in this param. */
const namedFields: Record<string, string> = {
  required: 'missingProperty',
  additionalProperties: 'additionalProperty',
};

/** Converts Ajv's JSON pointer (RFC 6901) to a dotted path, "lines.0.quantity". */
function pathOf({ instancePath, keyword, params }: ErrorObject): string {
  const steps = instancePath.split('/').slice(1);
  const plain = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field: unknown = params[namedFields[keyword] ?? ''];
  return [...plain, ...(typeof field === 'string' ? [field] : [])].join('.').slice(0, longestPath);
}

/** Limits paths, because an unknown field's name may be long. */
const longestPath = 200;

/** Returns the first error of each field. */
function fieldErrors(errors: ErrorObject[], context: string | undefined): FieldError[] {
  const byPath = new Map<string, FieldError>();
  for (const error of errors) {
    const code = keywordCodes[error.keyword];
    if (!code) continue;
    const path = pathOf(error);
    if (!byPath.has(path)) byPath.set(path, { path, code, message: messageOf(error) });
  }
  const [first] = errors;
  if (byPath.size === 0) {
    const path = first ? pathOf(first) : (context ?? '');
    return [{ path, code: 'not_allowed', message: 'has a wrong form' }];
  }
  return [...byPath.values()];
}

const messageOf = ({ keyword, message }: ErrorObject): string =>
  keyword === 'additionalProperties' ? 'is not a field of this' : (message ?? keyword);

function checkedJson(data: unknown, validate: ValidateFunction): string {
  const text = JSON.stringify(data);
  const parsed: unknown = JSON.parse(text);
  if (!validate(parsed)) {
    throw new Error(`answer does not fit its schema: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
  }
  if (!isDeepStrictEqual(jsonCopy(data), parsed))
    throw new Error('answer is another in process than as JSON');
  return text;
}
