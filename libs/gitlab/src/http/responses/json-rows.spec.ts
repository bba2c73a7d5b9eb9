import { jsonRows } from './json-rows';

const MOST = { bytes: 10_000, rows: 100, rowBytes: 200 };
const rows = [{ path: 'a "b" \\ [{,}]' }, { path: 'ü🦊' }, { path: '', id: '1', more: null }];

async function read(text: string, size: number): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const found: unknown[] = [];
  for await (const some of jsonRows(
    (async function* () {
      yield* chunks;
    })(),
    MOST,
  ))
    found.push(...some);
  return found;
}

describe('jsonRows', () => {
  it.each([1, 2, 3, 7, 1_000])('reads the same from chunks of %i bytes', async (size) => {
    expect(await read(JSON.stringify(rows), size)).toEqual(rows);
    expect(await read(` ${JSON.stringify(rows, null, 2)}\n`, size)).toEqual(rows);
    expect(await read('[]', size)).toEqual([]);
    expect(await read(' [ ] ', size)).toEqual([]);
  });

  it.each([
    ['', 'no whole list'],
    ['[', 'no whole list'],
    ['[{"a":1}', 'no whole list'],
    ['[{"a":1},', 'no whole list'],
    ['{"a":1}', 'no list of rows'],
    ['[1,2]', 'no list of rows'],
    ['["a"]', 'no list of rows'],
    ['[[]]', 'no list of rows'],
    ['[{"a":{}}]', 'no list of rows'],
    ['[{"a":[]}]', 'no list of rows'],
    ['[{"a":1},]', 'no list of rows'],
    ['[{"a":1}][', 'no list of rows'],
    ['[{"a":}]', 'JSON'],
    [`[{"a":"${'x'.repeat(300)}"}]`, 'longer than 200 bytes'],
    [' '.repeat(300), 'longer than 200 bytes'],
    [`[${'{},'.repeat(101)}{}]`, 'more than 100 rows'],
    [
      `[${'{"a":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},'.repeat(200)}`,
      'more than|longer than',
    ],
  ])('refuses %s', async (text, why) => {
    for (const size of [1, 150]) await expect(read(text, size)).rejects.toThrow(new RegExp(why));
  });
});
