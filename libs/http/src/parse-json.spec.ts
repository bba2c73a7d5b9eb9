import * as fc from 'fast-check';
import { parseJson, type ParseLimits } from './parse-json';

const LIMITS: ParseLimits = { depth: 8, items: 1_000, values: 10_000, pieceBytes: 2_000_000 };
const parse = (text: string, limits: Partial<ParseLimits> = {}, step?: number) =>
  parseJson(Buffer.from(text), { ...LIMITS, ...limits }, step);
/** Steps so small that everything is parsed in pieces. */
const PIECES = 3;

describe('parsing JSON within limits', () => {
  it('reads what JSON.parse reads, in one go and in pieces', async () => {
    const property = fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (json) => {
      for (const text of [json, { first: [json, 'x'], json, list: [[], {}, json] }].map((v) =>
        JSON.stringify(v),
      )) {
        expect(await parse(text, { depth: 20 })).toEqual(JSON.parse(text));
        expect(await parse(text, { depth: 20 }, PIECES)).toEqual(JSON.parse(text));
      }
    });
    await fc.assert(property, { numRuns: 50, interruptAfterTimeLimit: 4000 });
  });

  it.each([
    '{"a":["\\"]}[,\\\\"],"b":[]}',
    ' { "a" : [ ] , "a" : [ 1 , [ 2 ] ] , "__proto__" : [ 3 ] } ',
    '[[1],[],[[2]]]',
    '\uFEFF{"a":[1]}',
  ])('reads %s alike in one go and in pieces', async (text) => {
    const expected = JSON.parse(text.replace('\uFEFF', ''));
    expect(await parse(text)).toEqual(expected);
    expect(await parse(text, {}, PIECES)).toEqual(expected);
  });

  it.each([
    '',
    '{',
    '{"a":[1}',
    '{"a":[1,]}',
    '{"a":[,]}',
    '{"a":[{],[}]}',
    '{"a":[1]]}',
    '{"a":"',
    '{"a":[1',
  ])('refuses %j, in pieces too', async (text) => {
    await expect(parse(text)).rejects.toThrow(SyntaxError);
    await expect(parse(text, {}, PIECES)).rejects.toThrow(SyntaxError);
  });

  it.each([
    ['objects and arrays in one another', '['.repeat(9) + ']'.repeat(9), 'depth'],
    ['half of such a text', '{"a":'.repeat(100_000), 'depth'],
    ['elements', `{"a":[${'1,'.repeat(1_000)}1]}`, 'items'],
    ['members', `{${'"a":1,'.repeat(1_000)}"a":1}`, 'items'],
    ['values', `[${`[${'1,'.repeat(20)}1],`.repeat(500)}1]`, 'values'],
    ['one element', `{"a":["${'x'.repeat(2_000_000)}"]}`, 'pieceBytes'],
    ['what stands outside of arrays', `{"a":"${'x'.repeat(2_000_000)}","b":[1]}`, 'pieceBytes'],
  ])('refuses too many: %s', async (_, text, limit) => {
    await expect(parse(text)).rejects.toMatchObject({ limit });
  });

  it('keeps values that are exactly at the limits', async () => {
    const text = `{"a":[${'1,'.repeat(999)}1],"b":${'['.repeat(7)}${']'.repeat(7)}}`;
    expect(await parse(text)).toEqual(JSON.parse(text));
  });

  it('lets others have their turn while it parses a long text', async () => {
    const text = JSON.stringify({ changes: ['a', 'b', 'c', 'd', 'e'] });
    let turns = 0;
    let done = false;
    const count = () => {
      if (done) return;
      turns++;
      setImmediate(count);
    };
    setImmediate(count);
    await parse(text, {}, PIECES);
    done = true;
    expect(turns).toBeGreaterThan(10);
  });
});
