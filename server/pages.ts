import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import proxyAddress, { compile } from '@fastify/proxy-addr';
import compression from 'compression';
import type { FastifyServerFactory } from 'fastify';
import { type App, maxHeaderSize, maySwitchProtocol, transportHeaders } from './platform/http.ts';
import { callInProcessKey } from './common/in-process.ts';
import { isChange, isOwnHost, isOwnPage, networkOf } from './platform/auth/origin.ts';
import { createCallInProcess } from './platform/in-process.ts';
import type { Config } from './platform/config.ts';
import { createReadCounter } from './platform/limits.ts';
import { noteOfPages, type SecurityEvent } from './platform/security.ts';

export type PageHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

// Set by this process for adapter-node, which reads origin and address from them.
const schemeHeader = 'x-app-scheme';
const hostHeader = 'x-app-host';
const addressHeader = 'x-app-address';

/**
 * Returns a handler of the built pages, which refuses other hosts and forms of other sites, limits reads, sets origin
 * and address, and compresses.
 */
export async function loadPages(config: Config): Promise<PageHandler> {
  process.env['PROTOCOL_HEADER'] = schemeHeader;
  process.env['HOST_HEADER'] = hostHeader;
  process.env['ADDRESS_HEADER'] = addressHeader;
  process.env['BODY_SIZE_LIMIT'] = '32M';
  const built = new URL('../build/handler.js', import.meta.url).href;
  const { handler } = (await import(built)) as { handler: PageHandler };

  const publicUrl = new URL(config.publicUrl);
  const trusted = compile(config.trustProxy?.split(',').map((range) => range.trim()) ?? []);
  const headers = Object.entries({
    'x-content-type-options': 'nosniff',
    ...transportHeaders(config.publicUrl.startsWith('https:')),
  });
  const allows = createReadCounter(config.limits.readsPerMinute);
  return (request, response, next) => {
    const address = proxyAddress(request, trusted);
    const isFile = request.url?.startsWith('/_app/');
    for (const [name, value] of headers) response.setHeader(name, value);
    const refused = (status: number, event: SecurityEvent, more = {}) => {
      noteOfPages(event, { address });
      response.writeHead(status, { 'content-type': 'text/plain', ...more }).end(`${status}\n`);
    };
    if (!isOwnHost(request.headers, request.url ?? '', config.publicUrl)) return refused(421, 'host_refused');
    if (!isFile && !allows(networkOf(address), new Date()))
      return refused(429, 'limit_hit', { 'retry-after': '60' });
    // The link itself is the authority: its holder could post from anywhere.
    const isForeign = isChange(request.method) && !isOwnPage(request.headers, config.publicUrl);
    if (isForeign && !linkPage.test(request.url ?? '')) return refused(403, 'foreign_origin');
    if (!takesFiles.test(request.url ?? '') && Number(request.headers['content-length'] ?? 0) > mostBytes)
      return refused(413, 'limit_hit');
    // Pages print addresses with these, whatever Host they were asked by.
    request.headers[schemeHeader] = publicUrl.protocol.slice(0, -1);
    request.headers[hostHeader] = publicUrl.host;
    request.headers[addressHeader] = address;
    compress(request as never, response as never, () => handler(request, response, next));
  };
}

/** Forms are small, except those with files. */
const mostBytes = 2 * 1024 * 1024;
const takesFiles = /^\/(?:(?:account|vendor|staff)\/)?complaints\//;

/** Pages opened by a link from a mail. */
const linkPage = /^\/(?:[ef]|complaints)\//;

const compress = compression({ filter: mayCompress });

/**
 * Returns false for what mixes a token with others' words, as the compressed length could reveal it (BREACH), and for
 * streams of events, which would wait for more.
 */
function mayCompress(request: IncomingMessage, response: ServerResponse): boolean {
  if (
    /^\/(?:[efs]\/|complaints\/|account\/(?:verify|reset|undo|invitation)\/|api\/(?:enquiry-links|complaint-links|follow|shared-solutions|invitations)\/|dev\/phones\/events)/.test(
      request.url ?? '',
    )
  )
    return false;
  return compression.filter(request as never, response as never);
}

/** Lets the pages call the API in process. */
export function shareWithPages(app: App): void {
  const shared = globalThis as Record<symbol, unknown>;
  shared[callInProcessKey] = createCallInProcess(app);
}

const servicePaths =
  /^\/(api|ws|webhooks|livez|readyz|metrics)(?=[/?]|$)|^\/dev\/([a-z]+\.json(?=\?|$)|phones\/(events(?=\?|$)|(\+|%2B)\d))/;

/** Serves API and pages on one port. */
export function onePort(pages: PageHandler): FastifyServerFactory {
  const options = {
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    maxHeaderSize,
    shouldUpgradeCallback: maySwitchProtocol,
  };
  return (service) =>
    createServer(options, (request, response) => {
      if (servicePaths.test(request.url ?? '/'))
        return compress(request as never, response as never, () => service(request, response));
      request.url = wellFormed(request.url ?? '/');
      pages(request, response, () => {
        response.statusCode = 404;
        response.end();
      });
    });
}

/** Returns an address that can be decoded: nothing is at a malformed one, so it gets the page that says so. */
function wellFormed(url: string): string {
  const end = url.indexOf('?');
  const [path, query] = end < 0 ? [url, ''] : [url.slice(0, end), url.slice(end)];
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + query;
  }
}
