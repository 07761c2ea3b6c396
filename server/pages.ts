import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import proxyAddress, { compile } from '@fastify/proxy-addr';
import compression from 'compression';
import type { FastifyServerFactory } from 'fastify';
import { type App, maxHeaderSize, maySwitchProtocol } from './platform/http.ts';
import { callInProcessKey } from './common/in-process.ts';
import { networkOf } from './platform/auth/origin.ts';
import { createCallInProcess } from './platform/in-process.ts';
import type { Config } from './platform/config.ts';
import { createReadCounter } from './platform/limits.ts';

export type PageHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

// Set by this process for adapter-node, which reads scheme and address from them.
const schemeHeader = 'x-app-scheme';
const addressHeader = 'x-app-address';

/** Returns a handler of the built pages, which limits reads, sets scheme and address, and compresses. */
export async function loadPages(config: Config): Promise<PageHandler> {
  process.env['PROTOCOL_HEADER'] = schemeHeader;
  process.env['ADDRESS_HEADER'] = addressHeader;
  process.env['BODY_SIZE_LIMIT'] = '2M';
  const built = new URL('../build/handler.js', import.meta.url).href;
  const { handler } = (await import(built)) as { handler: PageHandler };

  const scheme = new URL(config.publicUrl).protocol.slice(0, -1);
  const trusted = compile(config.trustProxy?.split(',').map((range) => range.trim()) ?? []);
  const compress = compression({ filter: mayCompress });
  const allows = createReadCounter(config.limits.readsPerMinute);
  return (request, response, next) => {
    const address = proxyAddress(request, trusted);
    const isFile = request.url?.startsWith('/_app/');
    if (!isFile && !allows(networkOf(address), new Date())) {
      response.writeHead(429, { 'retry-after': '60', 'content-type': 'text/plain' }).end('429\n');
      return;
    }
    request.headers[schemeHeader] = scheme;
    request.headers[addressHeader] = address;
    compress(request as never, response as never, () => handler(request, response, next));
  };
}

/** Returns false for pages with a token in them, whose compressed length could reveal it (BREACH). */
function mayCompress(request: IncomingMessage, response: ServerResponse): boolean {
  if (/^\/[ef]\//.test(request.url ?? '')) return false;
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
      if (servicePaths.test(request.url ?? '/')) return service(request, response);
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
