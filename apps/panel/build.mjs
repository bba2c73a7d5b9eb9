// Builds the settings page: one ES module in dist/panel/panel.js, also compressed, beside the document that shows it. Too large a module fails the build.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const HERE = import.meta.dirname;
const OUT = join(HERE, '../../dist/panel');
const GOAL = 60 * 1024;
const LIMIT = 64 * 1024;

// Jest sets another one, and its build would hold what only development needs.
process.env.NODE_ENV = 'production';
await build({
  root: HERE,
  configFile: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: { input: join(HERE, 'src/main.ts'), output: { entryFileNames: 'panel.js' } },
  },
});
copyFileSync(join(HERE, 'index.html'), join(OUT, 'index.html'));

const zipped = gzipSync(readFileSync(join(OUT, 'panel.js')), { level: 9 });
writeFileSync(join(OUT, 'panel.js.gz'), zipped);
const bytes = zipped.length;
const size = `panel.js: ${(bytes / 1024).toFixed(1)} KB gzip of ${GOAL / 1024} KB`;
if (bytes > LIMIT) {
  console.error(`${size}; the limit is ${LIMIT / 1024} KB. Import less, or load it later.`);
  process.exit(1);
}
console.log(bytes > GOAL ? `${size}: over the goal` : size);
