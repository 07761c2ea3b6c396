import { expect, test } from 'vitest';
import { parseJson } from '#server/platform/json.ts';

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
