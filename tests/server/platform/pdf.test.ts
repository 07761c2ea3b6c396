import { afterAll, expect, test } from 'vitest';
import type { Paper } from '#server/platform/pdf/paper.ts';
import { createPdfRenderer } from '#server/platform/pdf/render.ts';
import { infoOf, textOf } from '../../pdf.ts';

const warnings: unknown[] = [];
const log = { info() {}, error() {}, debug() {}, warn: (...given: unknown[]) => void warnings.push(given) };
const pdf = createPdfRenderer(log as never);
afterAll(() => pdf.close());

const at = new Date('2026-11-30T12:00:00Z');
const paper: Paper = {
  ...{ lang: 'sr-Latn-RS', title: 'Račun 1', foot: 'Quoteline', pages: 'Strana {page} od {count}' },
  facts: [{ label: 'Broj', value: '1' }],
  parties: [{ label: 'Za', lines: ['Јана Хоракова', '', 'Đure Jakšića 1'] }],
  columns: [{ label: 'Opis' }, { label: 'Iznos', isShort: true, isNumber: true }],
  rows: Array.from({ length: 120 }, (_, index) => [`Red ${index + 1}`, '1.234,50 €']),
  sums: [{ label: 'Ukupno', value: '148.140,00 €', isTotal: true }],
  notes: ['Plaćeno.'],
};

test('a long table repeats its head on every page, and pages are numbered', async () => {
  const file = await pdf.render(paper, at);
  const pages = textOf(file).split('\f').slice(0, -1);
  expect(pages.length).toBeGreaterThan(2);
  for (const [index, page] of pages.entries()) {
    expect(page).toMatch(/Opis +Iznos/);
    expect(page).toContain(`Strana ${index + 1} od ${pages.length}`);
  }
  expect(textOf(file).match(/Red \d+/g)).toHaveLength(120);
  expect(pages[0]).toContain('Јана Хоракова');
  expect(pages.at(-1)).toMatch(/Ukupno +148\.140,00 €/);
});

test('a paper is a tagged PDF/A, and the same paper gives the same bytes', async () => {
  const [first, second] = [await pdf.render(paper, at), await pdf.render(paper, at)];
  expect(first.equals(second)).toBe(true);
  expect(infoOf(first)).toMatchObject({ Title: 'Račun 1', Tagged: 'yes' });
  // Its XMP metadata say so; they are not compressed.
  expect(first.toString('latin1')).toMatch(/<pdfaid:part>3<.*<pdfaid:conformance>A</s);
});

test('what looks like markup is printed as it was typed', async () => {
  const typed = '#panic("x") *b* $a$ [c] `d` #read("/etc/passwd") \\ // e';
  const file = await pdf.render({ ...paper, rows: [[typed, '1']], notes: [typed] }, at);
  expect(textOf(file).split(typed)).toHaveLength(3);
});

test('a paper with signs that the fonts lack is made all the same, and noted', async () => {
  warnings.length = 0;
  const file = await pdf.render({ ...paper, title: '漢字' }, at);
  expect(infoOf(file)['Pages']).toBe('3');
  expect(JSON.stringify(warnings)).toContain('could not be displayed');
});

test('after the process that renders has been killed, the next paper is made by a new one', async () => {
  pdf.close();
  expect(textOf(await pdf.render(paper, at))).toContain('Račun 1');
});
