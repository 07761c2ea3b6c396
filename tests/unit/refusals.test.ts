import { describe, expect, test } from 'vitest';
import { features } from '#server/features.ts';
import { platformRefusals, Refusal, refusalsOf } from '#server/platform/errors.ts';

describe('refusals', () => {
  test('each code belongs to one feature or to the platform', () => {
    const tables = [platformRefusals, ...features.map(({ refusals }) => refusals ?? {})];
    const codes = tables.flatMap((table) => Object.keys(table));
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  test('a feature refuses by its own codes and by those of the platform', () => {
    const { refuse, refuseField } = refusalsOf({ shelf_full: [409, 'The shelf is full'] });
    expect(refuse('shelf_full')).toMatchObject({ status: 409, title: 'The shelf is full', errors: [] });
    expect(refuse('not_found')).toBeInstanceOf(Refusal);
    expect(refuseField('lines.0', 'shelf_full').errors).toEqual([
      { path: 'lines.0', code: 'shelf_full', message: 'The shelf is full' },
    ]);
  });
});
