import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { documentsOf } from '#server/solutions/lists/reading/document.ts';
import { decode } from '#server/solutions/lists/reading/encodings.ts';
import { createLineSaves } from '#lib/solution/lineSaves.ts';
import { nextQuantity, readQuantity, termsOf } from '#lib/solution/quantities.ts';
import { createSaves } from '#lib/solution/saves.ts';
import { changesOf } from '../../web/src/routes/(buyer)/solution/changes.ts';
import { enteredRows } from '../../web/src/routes/(buyer)/solution/paste/rows.ts';

const form = (...entries: [string, string][]): FormData => {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
};

describe("the changes of a line's form", () => {
  const asShown: [string, string][] = [
    ['was-quantity', '2'],
    ['was-note', 'a'],
    ['offers', '1'],
    ['was-offer', '7,9'],
  ];

  test("a line's form sends only what differs from what the page showed", () => {
    const same: [string, string][] = [
      ['quantity', '2'],
      ['note', 'a'],
      ['offer', '7'],
      ['offer', '9'],
    ];
    expect(changesOf(form(...asShown, ...same))).toEqual({});
    expect(changesOf(form(...asShown, ['quantity', '1 000'], ['note', 'a'], ['offer', '9']))).toEqual({
      quantity: 1000,
      offerIds: ['9'],
    });
    expect(changesOf(form(['note', '']))).toEqual({ note: '' });
  });

  test('an impossible change is refused at its field', () => {
    expect(changesOf(form(['quantity', 'ten']))).toMatchObject({
      status: 422,
      errors: [{ path: 'quantity', code: 'quantity_not_a_number' }],
    });
    expect(changesOf(form(...asShown))).toMatchObject({
      errors: [{ path: 'offerIds', code: 'no_vendor_to_ask' }],
    });
  });
});

test('quantity terms suit every asked partner', () => {
  expect(termsOf([{ minimum: 100, packSize: 40 }])).toEqual({ minimum: 120, pack: 40 });
  const both = termsOf([
    { minimum: 7, packSize: 4 },
    { minimum: 1, packSize: 6 },
  ]);
  expect(both).toEqual({ minimum: 12, pack: 12 });
  expect([nextQuantity(both, 1), nextQuantity(both, 13), nextQuantity(both, 999_999_999)]).toEqual([
    12,
    24,
    null,
  ]);
  expect(['5', ' 1 000 ', '1,5', '', '-1'].map(readQuantity)).toEqual([5, 1000, null, null, null]);
});

describe('an uploaded list', () => {
  const text = 'Šifra;Količina\nČ-5;2';
  const utf16 = (bigEndian: boolean) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return bigEndian ? bytes.swap16() : bytes;
  };

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', utf16(false)],
    ['UTF-16, big end first', utf16(true)],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    [
      'Windows-1250',
      Buffer.from([...text].map((letter) => ({ Š: 0x8a, č: 0xe8, Č: 0xc8 })[letter] ?? letter.charCodeAt(0))),
    ],
  ])('an uploaded list is read from %s', (_encoding, bytes) => {
    expect(decode(bytes)[0]?.text.replace(/^\ufeff/, '')).toBe(text);
  });

  test('an uploaded workbook that cannot be read is refused', async () => {
    expect(await documentsOf(Buffer.from('PK\u0003\u0004rest'))).toBe('list_unreadable');
    expect(await documentsOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toBe('list_old_workbook');
    expect(await documentsOf(new Uint8Array())).toMatchObject([{ lines: [] }]);
  });
});

test('unresolved rows keep their fields together', () => {
  const rows = enteredRows(
    form(
      ['row', '3'],
      ['input', 'A;x'],
      ['name', ''],
      ['code', 'A'],
      ['quantity', 'x'],
      ['row', '9'],
      ['input', 'B'],
      ['name', 'Relay'],
      ['code', 'B'],
      ['quantity', ''],
      ['product-9', '12'],
    ),
  );
  expect(rows).toEqual([
    { row: 3, input: 'A;x', name: '', code: 'A', quantity: 'x' },
    { row: 9, input: 'B', name: 'Relay', code: 'B', quantity: '', productId: '12' },
  ]);
});

test.each([
  ['A', '60', '100'],
  ['A', '200', '200'],
  ['B', '60', '60'],
])('a ticked quantity is taken only if the row is as printed: %s, %s', (code, quantity, taken) => {
  const [row] = enteredRows(
    form(
      ['row', '3'],
      ['input', 'A;60'],
      ['name', 'Relay'],
      ['was-code', 'A'],
      ['was-quantity', '60'],
      ['code', code],
      ['quantity', quantity],
      ['take-3', '100'],
    ),
  );
  expect(row).toEqual({ row: 3, input: 'A;60', name: 'Relay', code, quantity: taken });
});

test('leaving waits for saves, and a refused save is known', async () => {
  const saves = createSaves();
  expect(saves.pending).toBe(false);
  expect(await saves.flush()).toBe(true);
  saves.begin('a', async () => true);
  saves.begin('b', async () => false);
  expect([saves.pending, await saves.flush()]).toEqual([true, false]);
  saves.end('a');
  saves.end('b');
  expect(saves.pending).toBe(false);
});

describe("a line's save queue", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const filled = () =>
    form(
      ['was-quantity', '2'],
      ['quantity', '3'],
      ['was-note', ''],
      ['note', 'urgent'],
      ['was-offer', '7'],
      ['offers', '1'],
      ['offer', '7'],
    );
  const names = (data: FormData) => [...data.keys()];

  /** A queue whose form is sent as the page does it; `sent` lists the fields of each save. */
  function open() {
    const saves = createSaves();
    const sent: string[][] = [];
    const queue = createLineSaves('line', saves, () => {
      const data = filled();
      if (queue.take(data)) sent.push(names(data));
    });
    return { saves, sent, queue };
  }

  test('entries made within a moment are sent as one save of the touched fields only', () => {
    const { queue, sent } = open();
    queue.enter('quantity');
    vi.advanceTimersByTime(300);
    queue.enter('note');
    vi.advanceTimersByTime(399);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([['quantity', 'note']]);
    expect(queue.arrived(true)).toBe(true);
    expect(queue.take(filled())).toBe(false);
  });

  test('an entry made while a save is on its way is sent after the answer', () => {
    const { queue, saves, sent } = open();
    queue.enter('quantity');
    vi.runAllTimers();
    queue.enter('offer');
    vi.runAllTimers();
    expect(sent).toEqual([['quantity']]);
    expect(queue.hasMore).toBe(true);
    expect(queue.arrived(true)).toBe(false);
    expect(sent).toEqual([['quantity'], ['offers', 'offer']]);
    expect([queue.hasMore, saves.pending]).toEqual([false, true]);
    expect(queue.arrived(true)).toBe(true);
    expect(saves.pending).toBe(false);
  });

  test.each([true, false])(
    'leaving sends at once and learns whether it was accepted (%s)',
    async (accepted) => {
      const { queue, saves, sent } = open();
      queue.enter('note');
      const flushed = saves.flush();
      expect(sent).toEqual([['note']]);
      queue.arrived(accepted);
      expect(await flushed).toBe(accepted);
      vi.runAllTimers();
      expect(sent).toHaveLength(1);
    },
  );

  test('a queue that is stopped sends nothing more and keeps nobody on the page', () => {
    const { queue, sent, saves } = open();
    queue.enter('note');
    queue.stop();
    vi.runAllTimers();
    expect(sent).toEqual([]);
    expect(saves.pending).toBe(false);
  });
});
