import { describe, expect, test } from 'vitest';
import { api, ApiError, queryString } from '#lib/api.ts';
import { groupSuggestions } from '#lib/shell/suggestions.ts';
import { drawingOf } from '#lib/ui/categoryArt.ts';
import { monogram, partnerLine } from '#lib/ui/partnerLine.ts';

describe('calls of the service', () => {
  const answering = (status: number, body: string | null) => () =>
    Promise.resolve(new Response(body, { status }));
  const refused = (fetch: typeof globalThis.fetch) =>
    api(fetch)
      .post('/api/x')
      .then(
        () => 'no refusal',
        (error: unknown) => error,
      );

  test('give the data, nothing for 204, and the refusal with its code', async () => {
    expect(await api(answering(200, '{"a":1}')).get('/api/x')).toEqual({ a: 1 });
    expect(await api(answering(204, null)).delete('/api/x')).toBeUndefined();
    const error = await refused(answering(409, '{"code":"quote_expired","status":409}'));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, problem: { code: 'quote_expired' } });
  });

  test('an answer that is not JSON, and no answer, are refusals too', async () => {
    expect(await refused(answering(502, '<html>'))).toMatchObject({
      status: 502,
      problem: { code: 'internal' },
    });
    const silent = () => Promise.reject(new TypeError('fetch failed'));
    expect(await refused(silent)).toMatchObject({ status: 503, problem: { code: 'unreachable' } });
  });

  test('carry the key, the body and the query', async () => {
    const sent: Request[] = [];
    const record: typeof fetch = (input, init) => {
      sent.push(new Request(new URL(input as string, 'http://localhost'), init));
      return Promise.resolve(new Response('{}'));
    };
    await api(record).post(
      '/api/x',
      { a: 'č' },
      { key: 'k', query: { q: 'a b&c', vendor: ['1', '2'], no: '' } },
    );
    expect(sent[0]?.url).toBe('http://localhost/api/x?q=a+b%26c&vendor=1&vendor=2');
    expect(sent[0]?.headers.get('idempotency-key')).toBe('k');
    expect(await sent[0]?.json()).toEqual({ a: 'č' });
    expect(queryString({ page: 0, all: false, none: null })).toBe('?page=0&all=false');
  });
});

test('suggestions are at most eight, numbered through their groups; empty groups are left out', () => {
  const vendors = ['a', 'b', 'c'].map((slug) => ({ id: slug, name: slug, slug }));
  const categories = Array.from({ length: 7 }, (_, index) => ({
    id: `${index}`,
    name: `c${index}`,
    path: `x > c${index}`,
    slugPath: `x/c${index}`,
  }));
  const groups = groupSuggestions({ products: [], categories, vendors });
  expect(groups.map(({ name, items }) => [name, items.map(({ index }) => index)])).toEqual([
    ['categories', [0, 1, 2, 3, 4, 5, 6]],
    ['vendors', [7]],
  ]);
});

test('a partner keeps its line colour, and its letters stand for its name', () => {
  expect(partnerLine('17')).toBe(partnerLine('17'));
  const lines = Array.from({ length: 200 }, (_, id) => partnerLine(String(id)));
  expect(new Set(lines).size).toBe(8);
  expect(['Elektro Sever d.o.o.', 'Żabka', 'Šćepan & sin', '3M', '…'].map(monogram)).toEqual([
    'ES',
    'ŻA',
    'ŠS',
    '3M',
    '?',
  ]);
});

test('a category has the drawing of its nearest named level', () => {
  expect(drawingOf('Automation > Sensors > Proximity sensors')).toBe('sensor');
  expect(drawingOf('Mechanical Engineering > Fasteners > Screws & bolts')).toBe('bolt');
  expect(drawingOf('Industrial Services > Xyz')).toBe('service');
  expect(drawingOf('Xyz')).toBe('doc');
});
