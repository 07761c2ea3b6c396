import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareVisits, type Visit } from '../../scripts/bench/weight/visits.ts';
import { weigh } from '../../scripts/bench/weight/weigh.ts';
import { type Demo, openDemo } from './demo.ts';

/**
 * The budget of each page's scripts on a first visit, in gzipped bytes: a little above the present size. A page that
 * needs more gets a larger budget here.
 */
const budgets: Record<string, number> = {
  home: 2_500,
  search: 52_300,
  product: 61_600,
  solution: 83_000,
  review: 52_500,
  request: 5_200,
  'follow /f': 5_200,
  'answer /e': 7_500,
  desk: 88_100,
  login: 2_500,
};

/** The files of the pages that strangers meet: document, styles, scripts and fonts. */
const fileBudget: Record<string, number> = { home: 15, search: 29, product: 34 };

/** In bytes: a page in Latin letters, and one that shows a partner with a Cyrillic name. */
const fontBudget = { latin: 65_000, cyrillic: 115_000 };
const showCyrillic = ['home', 'search', 'product'];

/** The cumulative layout shift of the pages that buyers use most; 0.1 counts as good. */
const shiftBudget = 0.02;
const mustStandStill = ['home', 'search', 'product', 'solution'];

let demo: Demo;
let visits: Visit[];
beforeAll(async () => {
  demo = await openDemo();
  visits = await prepareVisits(demo.browser, demo.url);
});
afterAll(() => demo.end());

test('no page loads more script, fonts or files than its budget', async () => {
  const scripts: Record<string, number> = {};
  const fonts: Record<string, number> = {};
  const files: Record<string, number> = {};
  for (const visit of visits) {
    const weights = await weigh(demo.browser, demo.url, visit);
    const { script, font } = weights;
    files[visit.name] = Object.values(weights).reduce((sum, kind) => sum + kind.files, 0);
    scripts[visit.name] = script.gzip;
    fonts[visit.name] = font.raw;
  }
  expect(Object.keys(scripts)).toEqual(Object.keys(budgets));
  const over = Object.entries(scripts).filter(([name, gzip]) => gzip > (budgets[name] ?? 0));
  expect(over, 'bytes of script over the budget').toEqual([]);
  const overFonts = Object.entries(fonts).filter(
    ([name, raw]) => raw > fontBudget[showCyrillic.includes(name) ? 'cyrillic' : 'latin'],
  );
  expect(overFonts, 'bytes of fonts over the budget').toEqual([]);
  const overFiles = Object.entries(fileBudget).filter(([name, most]) => (files[name] ?? 0) > most);
  expect(overFiles, `files over the budget, of ${JSON.stringify(files)}`).toEqual([]);
  // A page that fetched nothing was not measured.
  expect(Math.min(...Object.values(scripts))).toBeGreaterThan(1_000);
  expect(Math.min(...Object.values(fonts))).toBeGreaterThan(20_000);
}, 400_000);

/** Returns the files of styles that a page loads; with scripts, those with a rule for an element of the page. */
async function stylesOf({ path, cookies }: Visit, javaScriptEnabled: boolean): Promise<string[]> {
  const context = await demo.browser.newContext({ baseURL: demo.url, javaScriptEnabled });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'networkidle' });
  const files = await page.evaluate((all) => {
    const says = (rule: CSSRule): boolean =>
      rule instanceof CSSStyleRule
        ? document.querySelector(rule.selectorText.replaceAll(/::[a-z-]+(\([^)]*\))?/g, '')) !== null
        : rule instanceof CSSGroupingRule && [...rule.cssRules].some(says);
    return [...document.styleSheets]
      .filter((sheet) => sheet.href !== null && (all || [...sheet.cssRules].some(says)))
      .map((sheet) => new URL(sheet.href ?? '').pathname);
  }, !javaScriptEnabled);
  await context.close();
  return [...new Set(files)].sort();
}

type LayoutShift = PerformanceEntry & { value: number; hadRecentInput: boolean };

/**
 * Returns the layout shifts of a first visit, summed, until scripts have run and fonts have arrived. Fonts are held back
 * until the page stands in the system's, so that they always come late.
 */
async function shiftsOf({ path, cookies }: Visit, width: number): Promise<number> {
  const viewport = { width, height: width < 500 ? 844 : 900 };
  const context = await demo.browser.newContext({ baseURL: demo.url, locale: 'en-GB', viewport });
  await context.addCookies(cookies);
  const fonts = Promise.withResolvers<void>();
  let held = 0;
  await context.route('**/*.woff2', async (route) => {
    held += 1;
    await fonts.promise;
    await route.continue();
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.assign(window, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[])
        if (!entry.hadRecentInput) (window as unknown as { shifts: number }).shifts += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const painted = () =>
    page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    );
  await page.goto(path, { waitUntil: 'domcontentloaded' });
  await page.locator('#svelte-announcer, html[data-ready]').first().waitFor({ state: 'attached' });
  await painted();
  expect(held, `fonts of ${path}`).toBeGreaterThan(0);
  fonts.resolve();
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => void (await document.fonts.ready));
  await painted();
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number }).shifts);
  await context.close();
  return shifts;
}

test('nothing moves while a page loads, not even when its fonts come late', async () => {
  const moved: Record<string, number> = {};
  for (const visit of visits) {
    if (!mustStandStill.includes(visit.name)) continue;
    for (const width of [390, 1440]) moved[`${visit.name} ${width}`] = await shiftsOf(visit, width);
  }
  expect(Object.keys(moved)).toHaveLength(8);
  const over = Object.entries(moved).filter(([, shifts]) => shifts > shiftBudget);
  expect(over, `layout shifts over the budget, of ${JSON.stringify(moved)}`).toEqual([]);
}, 400_000);

// SvelteKit derives a page's styles from the chunks of its scripts.
test('every page has its styles without scripts', async () => {
  for (const visit of visits) {
    const plain = await stylesOf(visit, false);
    expect(plain.length, visit.name).toBeGreaterThan(1);
    expect(plain, visit.name).toEqual(expect.arrayContaining(await stylesOf(visit, true)));
  }
}, 400_000);
