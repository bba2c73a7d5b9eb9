/**
 * Loads TypeScript as specs do, for programs that tests start with `--require` and for code that Jest runs outside
 * of specs. Keeps compiled files, because each worker of the service and each thread of its inspection loads them
 * again.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { threadId } = require('node:worker_threads');
const { jest } = require('../../package.json');
const { version } = require('@swc/core/package.json');

const CACHE = join(__dirname, '../../node_modules/.cache/run-typescript');
const [, options] = Object.values(jest.transform)[0];
const resolve = Module._resolveFilename;

mkdirSync(CACHE, { recursive: true });

require.extensions['.ts'] = (module, filename) => module._compile(compiled(filename), filename);

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([version, options, filename, source]))
    .digest('hex');
  const file = join(CACHE, key);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const { transformSync } = require('@swc/core');
    const { code } = transformSync(source, { ...options, filename, sourceMaps: 'inline' });
    const unfinished = `${file}.${process.pid}.${threadId}`;
    writeFileSync(unfinished, code);
    renameSync(unfinished, file);
    return code;
  }
}

Module._resolveFilename = (request, ...more) => {
  const [, library, part = ''] = /^@app\/([^/]+)(?:\/([^/]+))?$/.exec(request) ?? [];
  const face = part === 'testing' ? part : join('src', part);
  const target = library ? join(__dirname, '../../libs', library, face, 'index.ts') : request;
  return resolve.call(Module, target, ...more);
};
