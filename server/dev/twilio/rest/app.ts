import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { newSid } from '../leg.ts';
import type { SimulatedAccount } from '../options.ts';
import { type CallParts, callRoutes } from './calls.ts';
import { apiVersion } from './call-resource.ts';
import { notFound, RestError, sendError } from './errors.ts';

/** Creates the REST API with Twilio's authentication, headers and errors. */
export async function createRest(parts: CallParts): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  await app.register(formbody);
  const { account, exchanges } = parts;
  let concurrent = 0;
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/_sim/')) return;
    exchanges.begin(request.raw);
    concurrent += 1;
    reply.raw.once('close', () => {
      concurrent -= 1;
      exchanges.end(request.raw);
    });
    reply.headers({
      'twilio-request-id': newSid('RQ'),
      'twilio-concurrent-requests': String(concurrent),
      'twilio-request-duration': '0.010',
    });
    if (!isAllowed(request, account)) throw new RestError(401, 20003);
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof RestError) return sendError(reply, error);
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    return sendError(reply, new RestError(statusCode, statusCode < 500 ? 20001 : 20500, message));
  });
  app.setNotFoundHandler((request) => {
    throw notFound(request.url.split('?')[0] ?? '');
  });
  const base = `/${apiVersion}/Accounts/${account.accountSid}`;
  callRoutes(app, parts, base);
  return app;
}

/** Accepts the account with its token, or the API key with its secret. */
function isAllowed(request: FastifyRequest, account: SimulatedAccount): boolean {
  const [scheme, credentials = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic') return false;
  const given = Buffer.from(credentials, 'base64');
  const pairs = [
    [account.accountSid, account.authToken],
    [account.apiKey, account.apiSecret],
  ];
  return pairs.some(([user, password]) => {
    const wanted = Buffer.from(`${user ?? ''}:${password ?? ''}`);
    return user && password && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
