import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonCopy, parseJson } from '#server/platform/json.ts';

test('parseJson parses as JSON.parse does', () => {
  const text = '{"a":[1,"x",null,{"b":"\\u0041 \\\\u0000"}],"c":"🙂"}';
  expect(parseJson(text)).toEqual(JSON.parse(text));
  expect(() => parseJson('{"a":')).toThrow(SyntaxError);
});

test('parseJson drops characters that no database text can hold, also in keys', () => {
  expect(parseJson('{"a\\u0000b":["x\\u0000","\\ud83d\\ude42","\\ud83d!"]}')).toEqual({
    ab: ['x', '🙂', '\ufffd!'],
  });
});

test('parseJson refuses a key that sets prototypes, at any depth and however it is written', () => {
  for (const key of [
    '__proto__',
    '\\u005f_proto__',
    '__pr\\u006fto__',
    '__\\u0070roto__',
    '\\u0000__proto__',
  ])
    expect(() => parseJson(`{"options":{"${key}":"x"}}`), key).toThrow(SyntaxError);
  expect(parseJson('{"note":"__proto__"}')).toEqual({ note: '__proto__' });
});

test('jsonCopy returns for any value what JSON returns', () => {
  const anything = fc.anything({
    key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'toJSON', 'length')),
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      const text = JSON.stringify(value) as string | undefined;
      expect(jsonCopy(value)).toStrictEqual(text === undefined ? undefined : JSON.parse(text));
    }),
  );
});

test('jsonCopy shares nothing with its argument', () => {
  const value = { lines: [{ at: new Date(0), note: undefined }], own: { a: -0, b: NaN, c: () => 1 } };
  const copy = jsonCopy(value) as typeof value;
  expect(copy).toStrictEqual({ lines: [{ at: '1970-01-01T00:00:00.000Z' }], own: { a: 0, b: null } });
  copy.lines.length = 0;
  copy.own.a = 1;
  expect(value).toMatchObject({ lines: [{ at: new Date(0) }], own: { a: -0 } });
  expect(() => jsonCopy({ a: 1n })).toThrow(TypeError);
});
