import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import postgres from 'postgres';
import { inject } from 'vitest';
import type { DemoPerson, KnownNumber, PhoneLeg } from '#server/dev/schema.ts';
import { findFreePort } from '../../scripts/pg.ts';
import { cloneTemplate } from '../harness.ts';
import { launchBrowser, newPage, serve, stop } from './site.ts';

/** The demo as `npm start` starts it, with catalogue, people and telephone network, and a browser to visit it. */
export interface Demo {
  url: string;
  browser: Browser;
  /** Opens a page as a new person with a browser context of their own. */
  visit(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Logs in as one of the demo people and opens a page. */
  logIn(name: string, path: string): Promise<Page>;
  /** Returns the phone number of one of the demo people or of a partner's agent, E.164. */
  numberOf(name: string): Promise<string | undefined>;
  /** Returns the legs that the telephone network has seen, newest first. */
  legs(): Promise<PhoneLeg[]>;
  end(): Promise<void>;
}

/** Runs `npm start` on a database. */
async function startDemo(databaseUrl: string): Promise<{ url: string; end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'quoteline-demo-'));
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const settings = { PORT: String(port), DATABASE_URL: databaseUrl, DATA_DIR: folder };
  const service = await serve('start', { ...process.env, ...settings }, url);
  return {
    url,
    async end() {
      await stop(service, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Clones the database of the demo, which `npm start` fills when the first test file asks for it. */
export async function cloneDemo(): ReturnType<typeof cloneTemplate> {
  const [filled, filling] = ['quoteline_demo', 'quoteline_demo_filling'];
  const { pgUrl, template } = inject('database');
  const admin = postgres(pgUrl, { max: 1, onnotice: () => {} });
  try {
    // Held by this session, so that other files wait for the one that fills it.
    await admin`select pg_advisory_lock(hashtext(${filled}))`;
    const [found] = await admin`select 1 from pg_database where datname = ${filled}`;
    if (!found) {
      await admin.unsafe(`drop database if exists ${filling} with (force)`);
      await admin.unsafe(`create database ${filling} template ${template}`);
      const url = new URL(pgUrl);
      url.pathname = `/${filling}`;
      await (await startDemo(url.href)).end();
      await admin.unsafe(`alter database ${filling} rename to ${filled}`);
    }
  } finally {
    await admin.end();
  }
  return cloneTemplate(filled);
}

export async function openDemo(): Promise<Demo> {
  const database = await cloneDemo();
  const { url, ...service } = await startDemo(database.url);
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
      await service.end();
      await database.drop();
    },
  };
}

/** Returns a phone on a page of phones, by its owner's name. */
export const phone = (page: Page, name: string) => page.getByRole('article', { name });

/** How long pages may take to show what happens on the line. */
export const wait = { timeout: 60_000 };

/** Answers the phone and waits until the prompt asks for a key. */
export async function pickUp(page: Page, name: string): Promise<void> {
  await phone(page, name).getByRole('button', { name: 'Answer' }).click(wait);
  await phone(page, name).getByText('Waits for a key').waitFor(wait);
}

export const pressOne = (page: Page, name: string): Promise<void> =>
  phone(page, name).getByRole('button', { name: 'Key 1', exact: true }).click();

/** Returns the time so many hours from now, as a datetime-local field takes it. */
export function localTimeIn(hours: number): string {
  const at = new Date(Date.now() + hours * 3_600_000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Declares a status on an agent's desk. */
export async function declare(desk: Page, status: 'Available' | 'Away' | 'Offline'): Promise<void> {
  const choices = desk.getByRole('group', { name: 'Your status' });
  await choices.getByRole('button', { name: status }).click();
  await choices.getByRole('button', { name: status, pressed: true }).waitFor(wait);
}

/** Marks the page; the returned function says whether it has never been reloaded since. */
export async function mark(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Object.assign(window, { stays: true }));
  return () => page.evaluate(() => 'stays' in window);
}
