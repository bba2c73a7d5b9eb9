/** For programs that tests start with `node --require`, and for what Jest runs outside of specs: TypeScript as in specs. */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');
const { jest } = require('../../package.json');

const [, options] = Object.values(jest.transform)[0];
const resolve = Module._resolveFilename;

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...options,
    filename,
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};

Module._resolveFilename = (request, ...more) => {
  const [, library, part = ''] = /^@app\/([^/]+)(?:\/([^/]+))?$/.exec(request) ?? [];
  const face = part === 'testing' ? part : join('src', part);
  const target = library ? join(__dirname, '../../libs', library, face, 'index.ts') : request;
  return resolve.call(Module, target, ...more);
};
