import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type Books,
  disputesOf,
  leftOf,
  newId,
  nowSeconds,
  type Refund,
  refundsOf,
  type Session,
} from './books.ts';

/** What the API does beyond keeping books. */
export interface Reactions {
  isDown(): boolean;
  /** The page on which a session is paid. */
  pageOf(sessionId: string): string;
  happened(type: string, object: object): void;
}

interface Answer {
  status: number;
  body: object;
}

const ok = (body: object): Answer => ({ status: 200, body });
const refused = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { type: 'invalid_request_error', code, message } },
});
const missing = (id: string) => refused(404, 'resource_missing', `No such object: ${id}`);

/** Serves the part of Stripe's API that the service uses, to those who have the key. */
export function createApi(books: Books, secretKey: string, reactions: Reactions): Server {
  /** First answers by idempotency key, with what was asked. */
  const answered = new Map<string, { asked: string; answer: Answer }>();

  function answerTo(request: IncomingMessage, body: string): Answer {
    if (reactions.isDown()) return { status: 503, body: { error: { type: 'api_error', message: 'down' } } };
    if (request.headers.authorization !== `Bearer ${secretKey}`)
      return { status: 401, body: { error: { type: 'authentication_error', message: 'wrong key' } } };
    const key = request.headers['idempotency-key'];
    const asked = `${request.method} ${request.url} ${body}`;
    if (request.method !== 'POST' || typeof key !== 'string') return handle(request, body);
    const earlier = answered.get(key);
    if (earlier && earlier.asked !== asked)
      return refused(400, 'idempotency_error', 'The key was used with other parameters');
    const answer = earlier?.answer ?? handle(request, body);
    answered.set(key, { asked, answer });
    return answer;
  }

  function handle({ method = 'GET', url = '/' }: IncomingMessage, body: string): Answer {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const [, , kind = '', ...rest] = pathname.split('/');
    const form = new URLSearchParams(body);
    if (kind === 'checkout') return sessions(method, rest.slice(1), form, searchParams);
    if (kind === 'refunds' && method === 'POST') return refund(form);
    if (kind === 'refunds' && rest[0] === undefined) return listRefunds(searchParams.get('payment_intent'));
    if (kind === 'refunds') return found(books.refunds, rest[0]);
    if (kind === 'disputes') return found(books.disputes, rest[0]);
    if (kind === 'events') return events(searchParams);
    return missing(pathname);
  }

  function sessions(
    method: string,
    [id, verb]: string[],
    form: URLSearchParams,
    search: URLSearchParams,
  ): Answer {
    if (id === undefined) return method === 'POST' ? create(form) : list(search.get('payment_intent'));
    const session = books.sessions.get(id ?? '');
    if (!session) return missing(id ?? '');
    if (verb !== 'expire') return ok(expanded(session));
    if (session.status !== 'open') return refused(400, 'resource_invalid', 'Only open sessions expire');
    expire(session, reactions);
    return ok(session);
  }

  function create(form: URLSearchParams): Answer {
    const item = 'line_items[0][price_data]';
    const id = newId('cs_test');
    const expiresAt = Number(form.get('expires_at'));
    const session: Session = {
      ...{ id, object: 'checkout.session', status: 'open', payment_status: 'unpaid', payment_intent: null },
      client_reference_id: form.get('client_reference_id'),
      amount_total: Number(form.get(`${item}[unit_amount]`)),
      currency: form.get(`${item}[currency]`) ?? '',
      description: form.get(`${item}[product_data][name]`) ?? '',
      success_url: form.get('success_url') ?? '',
      cancel_url: form.get('cancel_url') ?? '',
      ...{ url: reactions.pageOf(id), expires_at: expiresAt, created: nowSeconds() },
      metadata: metadataOf(form),
    };
    books.sessions.set(id, session);
    return ok(session);
  }

  function list(intentId: string | null): Answer {
    const data = [...books.sessions.values()].filter(({ payment_intent }) => payment_intent === intentId);
    return ok({ object: 'list', url: '/v1/checkout/sessions', has_more: false, data: data.map(expanded) });
  }

  const expanded = (session: Session) => ({
    ...session,
    payment_intent: books.intents.get(session.payment_intent ?? '') ?? null,
  });

  function refund(form: URLSearchParams): Answer {
    const intent = books.intents.get(form.get('payment_intent') ?? '');
    if (!intent) return missing('payment_intent');
    const amount = Number(form.get('amount'));
    const left = leftOf(books, intent.id, intent.amount);
    if (disputesOf(books, intent.id).some(({ status }) => status === 'needs_response'))
      return refused(400, 'charge_disputed', 'The charge is disputed');
    if (left === 0) return refused(400, 'charge_already_refunded', 'The charge was refunded');
    if (amount > left) return refused(400, 'amount_too_large', 'More than is left of the charge');
    return ok(addRefund(books, intent.id, amount, metadataOf(form), reactions));
  }

  const listRefunds = (intentId: string | null): Answer =>
    ok({ object: 'list', url: '/v1/refunds', has_more: false, data: refundsOf(books, intentId) });

  function events(search: URLSearchParams): Answer {
    const since = Number(search.get('created[gte]') ?? 0);
    const types = [...search].filter(([name]) => name.startsWith('types')).map(([, value]) => value);
    const data = books.events
      .filter(({ created, type }) => created >= since && (types.length === 0 || types.includes(type)))
      .toReversed();
    return ok({ object: 'list', url: '/v1/events', has_more: false, data });
  }

  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => send(response, answerTo(request, Buffer.concat(chunks).toString('utf8'))));
  });
}

const found = <T extends object>(kept: ReadonlyMap<string, T>, id = ''): Answer => {
  const object = kept.get(id);
  return object ? ok(object) : missing(id);
};

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': newId('req') });
  response.end(JSON.stringify(body));
}

function metadataOf(form: URLSearchParams): Record<string, string> {
  const named = [...form].flatMap(([name, value]) => {
    const [, key] = /^metadata\[(.+)\]$/.exec(name) ?? [];
    return key === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(named);
}

export function expire(session: Session, { happened }: Pick<Reactions, 'happened'>): void {
  Object.assign(session, { status: 'expired', url: null });
  happened('checkout.session.expired', session);
}

export function addRefund(
  books: Books,
  intentId: string,
  amount: number,
  metadata: Record<string, string>,
  { happened }: Pick<Reactions, 'happened'>,
): Refund {
  const refund: Refund = {
    ...{ id: newId('re'), object: 'refund', amount, payment_intent: intentId, status: 'succeeded' },
    ...{ currency: books.intents.get(intentId)!.currency, failure_reason: null, metadata },
    created: nowSeconds(),
  };
  books.refunds.set(refund.id, refund);
  happened('refund.created', refund);
  return refund;
}
