import { readFileSync } from 'node:fs';

/**
 * Eight seconds after work has become less, or a hundred without marking, V8 marks all the same, to save memory, and is slow for ten
 * more while it compiles much of the code once again. It heeds this on its command line alone: whatever starts the server says it.
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
