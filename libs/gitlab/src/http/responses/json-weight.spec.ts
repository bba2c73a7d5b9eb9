import { AnswerTooLarge } from '../transport/deadline';
import { JsonWeight } from './json-weight';

/** Adds the text in chunks of so many bytes. */
function weigh(json: string, most: number, { bytes = Infinity, deepest = 10 } = {}): void {
  const weight = new JsonWeight(most, deepest);
  const all = Buffer.from(json);
  for (let at = 0; at < all.length; at += bytes) weight.add(all.subarray(at, at + bytes));
}

describe('The weight of a JSON answer', () => {
  it.each([
    ['lists and their values', [[1, 2], [3]], 5],
    ['objects and their fields', { a: { b: 1, c: 2 }, d: [] }, 5],
    ['no values inside texts', ['[{,]}', 'a,b'], 2],
    ['texts that hold quotes', ['"', '",[', 'say "a, b"', ''], 4],
    ['texts that end with backslashes', ['\\', ',\\\\', '\\"', '\\\\",['], 4],
    ['names that hold quotes', { 'a",[': ',', '\\': '[' }, 2],
    ['texts of any script', ['ü,', '字[', '😀"{'], 3],
  ])('counts %s, wherever the text is cut', (_, value, parts) => {
    const json = JSON.stringify(value);
    for (const bytes of [Infinity, 1, 2, 3, 5, 7]) {
      expect(() => weigh(json, parts, { bytes })).not.toThrow();
      expect(() => weigh(json, parts - 1, { bytes })).toThrow(AnswerTooLarge);
    }
  });

  it.each([1, 2, 3, Infinity])('refuses depth beyond the limit: %s bytes in a chunk', (bytes) => {
    expect(() => weigh('[[[]],[[]]]', 9, { bytes, deepest: 3 })).not.toThrow();
    expect(() => weigh('[[[[]]]]', 9, { bytes, deepest: 3 })).toThrow(AnswerTooLarge);
  });
});
