import { expect, it } from 'vitest';
import { parseJson } from '#server/platform/json.ts';

it('parses JSON as JSON.parse does', () => {
  const text = '{"a":[1,"x",null,{"b":"\\u0041 \\\\u0000"}],"c":"🙂"}';
  expect(parseJson(text)).toEqual(JSON.parse(text));
  expect(() => parseJson('{"a":')).toThrow(SyntaxError);
});

it('leaves out what no database text can hold, in keys too', () => {
  expect(parseJson('{"a\\u0000b":["x\\u0000","\\ud83d\\ude42","\\ud83d!"]}')).toEqual({
    ab: ['x', '🙂', '\ufffd!'],
  });
});
