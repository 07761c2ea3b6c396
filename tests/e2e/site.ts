import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { connect } from '#db/client.ts';
import { addAccount } from '#server/accounts/service.ts';
import { findChromium } from '../../scripts/chromium.ts';
import { findFreePort } from '../../scripts/pg.ts';
import { cloneTemplate } from '../harness.ts';
import { type MailSink, startMailSink } from '../mail-sink.ts';
import { createWorld, type World } from '../world.ts';
import { environment, withoutLimits } from './environment.ts';

/** The service as a process of its own, as in production, and a browser to visit it. */
export interface Site {
  url: string;
  world: World;
  mail: MailSink;
  browser: Browser;
  /** Opens a browser context for a new person. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  kill(signal: NodeJS.Signals): Promise<void>;
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** People with accounts. */
export const buyers = {
  ana: { email: 'ana@buyer.example', name: 'Ana Ilić' },
  boris: { email: 'boris@buyer.example', name: 'Boris Kos' },
} as const;
export const password = 'a long enough password';

const root = join(import.meta.dirname, '../..');

export async function openSite(): Promise<Site> {
  const database = await cloneTemplate();
  const mail = await startMailSink();
  const filler = connect(database.url);
  const world = await createWorld(filler.db);
  for (const { email, name } of Object.values(buyers)) {
    await addAccount(filler.db, {
      ...{ email, name, password, role: 'buyer', locale: 'en' },
      ...{ vendorId: null, agentId: null },
    });
  }
  await filler.close();
  const url = `http://localhost:${await findFreePort()}`;
  const env = {
    ...environment({ url, databaseUrl: database.url, mail }),
    DRAIN_SECONDS: '0',
    DIGEST_SECONDS: '1',
    LOG_LEVEL: 'warn',
    LIMIT_MAILS_PER_PARTNER_ADDRESS: withoutLimits.LIMIT_MAILS_PER_PARTNER_ADDRESS,
    LIMIT_MAILS_PER_UNPROVEN_ADDRESS: withoutLimits.LIMIT_MAILS_PER_UNPROVEN_ADDRESS,
  };
  let service = await serve('serve', env, url);
  const browser = await launchBrowser();
  return {
    url,
    world,
    mail,
    browser,
    visit: (options) => newPage(browser, { baseURL: url, ...options }),
    kill: (signal) => stop(service, signal),
    async restart() {
      service = await serve('serve', env, url);
    },
    async end() {
      await browser.close();
      await stop(service, 'SIGTERM');
      await mail.close();
      await database.drop();
    },
  };
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium() ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--font-render-hinting=none',
    ],
  });

/** Opens a page in a new browser context, with timeouts for a busy machine. */
export async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

/** Runs `npm run serve` or `npm start` as a process and waits until it answers. The demo fills its database first. */
export async function serve(
  script: 'serve' | 'start',
  env: NodeJS.ProcessEnv,
  url: string,
): Promise<ChildProcess> {
  const words = script === 'start' ? 'ignore' : 'inherit';
  const child = spawn(process.execPath, [`scripts/${script}.ts`], {
    cwd: root,
    env,
    stdio: ['ignore', words, 'inherit'],
  });
  return untilReady(child, url);
}

/** Waits until the process answers, and returns it. */
export async function untilReady(child: ChildProcess, url: string): Promise<ChildProcess> {
  const until = performance.now() + 120_000;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
    const ready = await fetch(`${url}/readyz`).catch(() => null);
    if (ready?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error('the service did not become ready');
}

export async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Expects no finding of axe and no duplicate id, whose second label would name the first element. Where scripts are
 * off, axe checks a copy of the page.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const looked = await pageWithScripts(page);
  await expectNoFindings(looked);
  if (looked !== page) await page.bringToFront();
}

/** Returns the page, or a copy of it if its scripts don't run. */
async function pageWithScripts(page: Page): Promise<Page> {
  const runsScripts = await whileItStays(page, () =>
    page.evaluate(() => matchMedia('(scripting: enabled)').matches),
  );
  return runsScripts ? page : copyWithoutScripts(page);
}

async function expectNoFindings(page: Page): Promise<void> {
  // In the middle of a transition colours are neither the old nor the new ones.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await axeSource);
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const { violations } = await axe.run({ resultTypes: ['violations'], preload: false });
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary ?? ''}`),
    }));
  });
  const ids = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
  expect(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    `ids on ${page.url()}`,
  ).toEqual([]);
  expect(findings, `axe on ${page.url()}`).toEqual([]);
}

type AxeResults = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] };

/** Checks again if the page was replaced meanwhile: during a call, pages without scripts reload themselves. */
async function whileItStays<T>(page: Page, look: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (!/context was destroyed|is navigating/.test(String(error))) throw error;
      await page.waitForLoadState();
    }
  }
}

/** One for each browser: another context would fetch styles and fonts again. */
const copies = new WeakMap<Browser, Promise<Page>>();

/** Copies the elements into a page with scripts, as axe needs timers. */
async function copyWithoutScripts(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  if (!copies.has(browser)) copies.set(browser, newPage(browser, {}));
  const copy = (await copies.get(browser)) as Page;
  const html = (await whileItStays(page, () => page.content()))
    .replace(/<script\b[^>]*>.*?<\/script>/gs, '')
    .replaceAll('<noscript', '<div')
    .replaceAll('</noscript', '</div');
  const size = page.viewportSize();
  if (size) await copy.setViewportSize(size);
  await copy.bringToFront();
  const url = page.url();
  await copy.route(url, (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
  await copy.goto(url);
  await copy.unroute(url);
  return copy;
}

/** Expects no part of the page to be wider than the window. */
export async function expectNoSideways(page: Page): Promise<void> {
  const overflow = await whileItStays(page, () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  );
  expect(overflow, `sideways scrolling on ${page.url()}`).toBeLessThanOrEqual(0);
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** Expects no finding of axe and no overflow, on a large screen and on a phone. */
export async function looksRightEverywhere(page: Page): Promise<void> {
  const before = page.viewportSize();
  const looked = await pageWithScripts(page);
  for (const size of sizes) {
    await page.setViewportSize(size);
    await expectNoSideways(page);
    if (looked !== page) await looked.setViewportSize(size);
    await expectNoFindings(looked);
  }
  if (looked !== page) await page.bringToFront();
  if (before) await page.setViewportSize(before);
}

/** Waits until `look` finds something in the mails of the mail server. */
export async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  seconds = 60,
): Promise<T> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not happen in time');
}
