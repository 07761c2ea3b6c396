import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { buildApp, type Service } from '#server/app.ts';
import { completeDemo, type DemoParts, startDemoParts } from '#server/dev/demo.ts';
import { loadPages, onePort, shareWithPages } from '#server/pages.ts';
import { type Config, readConfig } from '#server/platform/config.ts';
import { findFreePort } from '../../scripts/pg.ts';
import { cloneDemo } from './demo.ts';
import { launchBrowser, newPage } from './site.ts';

/** The demo with its telephone network in this process, and a browser. */
export interface DemoHere {
  config: Config;
  parts: DemoParts;
  service: Service;
  browser: Browser;
  /** Opens a page as a new person, until the end of the test: a phone that stays open would fail those that follow. */
  visit: (
    path: string,
    options?: BrowserContextOptions,
    cookies?: ReadonlyMap<string, string>,
  ) => Promise<Page>;
  end(): Promise<void>;
}

export async function openDemoHere(): Promise<DemoHere> {
  const folder = mkdtempSync(join(tmpdir(), 'quoteline-demo-'));
  const database = await cloneDemo();
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    SECRET_KEY: 'a key for tests, of over 32 bytes',
  };
  const config = readConfig({ ...env, PORT: String(await findFreePort()), LOG_LEVEL: 'silent' }, 'demo');
  const parts = await startDemoParts(config);
  const service = await buildApp(config, { serverFactory: onePort(await loadPages(config)) });
  await completeDemo(service, parts);
  shareWithPages(service.app);
  await service.app.listen({ port: config.port, host: '127.0.0.1' });
  await service.ctx.jobs.work();
  const browser = await launchBrowser();
  return {
    ...{ config, parts, service, browser },
    async visit(path, options = {}, cookies = new Map()) {
      const page = await newPage(browser, { baseURL: config.publicUrl, ...options });
      onTestFinished(() => page.context().close());
      const own = [...cookies].map(([name, value]) => ({ name, value, url: config.publicUrl }));
      await page.context().addCookies(own);
      await page.goto(path);
      return page;
    },
    async end() {
      await browser.close();
      await service.close();
      await parts.close();
      await database.drop();
      rmSync(folder, { recursive: true });
      // Other files of this worker have pages that belong to no demo.
      Reflect.deleteProperty(globalThis, Symbol.for('quoteline.demo'));
    },
  };
}
