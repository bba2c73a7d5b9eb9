/** For `node --require`: lets a child process of a test run our TypeScript, compiled as Jest compiles it. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const { jest } = require('../../package.json');

const [, options] = Object.values(jest.transform)[0];

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...options,
    filename,
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};
