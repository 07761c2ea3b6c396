import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import type { Visit } from './visits.ts';

/** In bytes. `transferred`: as sent, with headers; `gzip`: only the bodies. */
export interface Weight {
  files: number;
  transferred: number;
  gzip: number;
  raw: number;
}

export const kinds = ['document', 'stylesheet', 'script', 'font'] as const;
export type Kind = (typeof kinds)[number];

/** Measures what a browser with an empty cache fetches for a page until it is idle, compressed by gzip. */
export async function weigh(browser: Browser, url: string, visit: Visit): Promise<Record<Kind, Weight>> {
  const extraHTTPHeaders = { 'accept-encoding': 'gzip' };
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', extraHTTPHeaders });
  await context.addCookies(visit.cookies);
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  await devTools.send('Network.enable');

  const types = new Map<string, string>();
  const sizes = new Map<string, number>();
  devTools.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type.toLowerCase()));
  devTools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    sizes.set(requestId, encodedDataLength),
  );
  const answer = await page.goto(visit.path, { waitUntil: 'networkidle', timeout: 120_000 });
  if (answer?.status() !== 200) throw new Error(`${visit.name}: ${visit.path} gave ${answer?.status()}`);

  const weights = Object.fromEntries(
    kinds.map((kind) => [kind, { files: 0, transferred: 0, gzip: 0, raw: 0 }]),
  ) as Record<Kind, Weight>;
  for (const [requestId, transferred] of sizes) {
    const weight = weights[types.get(requestId) as Kind] as Weight | undefined;
    if (!weight) continue;
    const { body, base64Encoded } = await devTools.send('Network.getResponseBody', { requestId });
    const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
    weight.files += 1;
    weight.transferred += transferred;
    weight.gzip += gzipSync(bytes, { level: 9 }).length;
    weight.raw += bytes.length;
  }
  await context.close();
  return weights;
}
