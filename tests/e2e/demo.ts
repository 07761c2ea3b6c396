import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { DemoPerson, KnownNumber, PhoneLeg } from '#server/dev/schema.ts';
import { findFreePort } from '../../scripts/pg.ts';
import { cloneTemplate } from '../harness.ts';
import { launchBrowser, newPage, serve, stop } from './site.ts';

/** The demo as `npm start` starts it, with catalogue, people and telephone network, and a browser in front of it. */
export interface Demo {
  url: string;
  browser: Browser;
  /** A person with a browser of their own, at a page. */
  visit(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** One of the demo people, logged in, at a page. */
  logIn(name: string, path: string): Promise<Page>;
  /** The phone of one of the demo's people or of a partner's agent, E.164. */
  numberOf(name: string): Promise<string | undefined>;
  /** What the telephone network saw, newest first. */
  legs(): Promise<PhoneLeg[]>;
  end(): Promise<void>;
}

export async function openDemo(): Promise<Demo> {
  const database = await cloneTemplate();
  const folder = mkdtempSync(join(tmpdir(), 'quoteline-demo-'));
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const settings = { PORT: String(port), DATABASE_URL: database.url, DATA_DIR: folder };
  const service = await serve('start', { ...process.env, ...settings }, url);
  const browser = await launchBrowser();

  const read = async <T>(path: string) => (await (await fetch(url + path)).json()) as T;
  const visit: Demo['visit'] = async (path, options = {}) => {
    const page = await newPage(browser, { baseURL: url, ...options });
    await page.goto(path);
    return page;
  };
  return {
    url,
    browser,
    visit,
    async logIn(name, path) {
      const people = await read<DemoPerson[]>('/dev/people.json');
      const person = people.find((one) => one.name === name);
      const page = await visit(`/account/login?next=${encodeURIComponent(path)}`);
      await page.getByLabel('E-mail').fill(person?.email ?? '');
      await page.getByLabel('Password').fill(person?.password ?? '');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.waitForURL((at) => at.pathname === path);
      return page;
    },
    async numberOf(name) {
      const { known } = await read<{ known: KnownNumber[] }>('/dev/phones.json');
      return known.find((one) => one.name === name)?.number;
    },
    legs: async () => (await read<{ legs: PhoneLeg[] }>('/dev/phones.json')).legs,
    async end() {
      await browser.close();
      await stop(service, 'SIGTERM');
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Returns a phone that a page of the phones plays, by its owner's name. */
export const phone = (page: Page, name: string) => page.getByRole('article', { name });

/** How long something on the line may take until pages show it. */
export const wait = { timeout: 60_000 };

/** Takes the phone off and hears the prompt to its end; the key is still to be pressed. */
export async function pickUp(page: Page, name: string): Promise<void> {
  await phone(page, name).getByRole('button', { name: 'Answer' }).click(wait);
  await phone(page, name).getByText('Waits for a key').waitFor(wait);
}

export const pressOne = (page: Page, name: string): Promise<void> =>
  phone(page, name).getByRole('button', { name: 'Key 1', exact: true }).click();

/** So many hours from now, as fields of the browser's own time take it. */
export function localTimeIn(hours: number): string {
  const at = new Date(Date.now() + hours * 3_600_000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** On an agent's desk. */
export async function declare(desk: Page, status: 'Available' | 'Away' | 'Offline'): Promise<void> {
  const choices = desk.getByRole('group', { name: 'Your status' });
  await choices.getByRole('button', { name: status }).click();
  await choices.getByRole('button', { name: status, pressed: true }).waitFor(wait);
}

/** Reports later whether this page was ever reloaded. */
export async function mark(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Object.assign(window, { stays: true }));
  return () => page.evaluate(() => 'stays' in window);
}
