import { readFileSync } from 'node:fs';

/**
 * Keeps V8 from marking only to save memory: eight seconds after work has become less, or after a hundred without marking. The
 * server would be slow for ten more seconds, while V8 compiles much of the code again. V8 reads this flag only on its command line,
 * so each way to start the server has it there.
 */
const AT_START = '--no-memory-reducer';

describe('the V8 flags on the command line', () => {
  it.each([
    ['npm start', 'package.json', `"start": "node ${AT_START} `],
    ['the container', 'apps/server/Dockerfile', `CMD ["node", "${AT_START}", `],
    ['the benches and tests', 'test/support/service-process.ts', `'${AT_START}'`],
  ])('is the same in %s', (_, file, text) => {
    expect(readFileSync(file, 'utf8')).toContain(text);
  });
});
