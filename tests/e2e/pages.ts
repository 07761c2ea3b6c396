import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { type Client, start, type TestService } from '../harness.ts';
import { createWorld, type World } from '../world.ts';
import { launchBrowser, newPage } from './site.ts';

/** A service with pages in this process, with the cast, and a browser. */
export interface Pages {
  service: TestService;
  world: World;
  /** Opens a page in a new browser context that continues a client's visit. */
  visit: (client: Client, options?: BrowserContextOptions) => Promise<Page>;
}

/** Starts a service with pages and a browser, and ends them after the tests of the file, which awaits this at its top level. */
export async function openPages(env: Record<string, string> = {}): Promise<Pages> {
  const service = await start({ pages: true, env });
  let browser: Browser | undefined;
  afterAll(async () => {
    await browser?.close();
    await service.drain({ includeLater: true });
    await service.end();
  });
  const world = await createWorld(service.ctx.db);
  const launched = (browser = await launchBrowser());
  return {
    ...{ service, world },
    async visit({ cookies }, options) {
      const page = await newPage(launched, { baseURL: service.url, ...options });
      const own = [...cookies].map(([name, value]) => ({ name, value, url: service.url }));
      await page.context().addCookies(own);
      return page;
    },
  };
}
