// Bundles the compiled server and its packages in dist/server, because most of a start is finding and parsing some 2,200 small files.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const ROOT = resolve(import.meta.dirname, '../..');
const COMPILED = join(ROOT, 'dist');

/** The programs that operators start, the worker thread that the server starts, and V8's settings. */
const PROGRAMS = {
  main: 'apps/server/src/main',
  token: 'apps/server/src/cli/token',
  migrate: 'apps/server/src/cli/migrate',
  'rotate-keys': 'apps/server/src/cli/rotate-keys',
  'inspector-worker': 'libs/inspection/src/infrastructure/inspector-worker',
  heap: 'apps/server/src/tuning/heap',
};

/** A bundle loads all packages before the first line of its program: the settings of V8 must come before them. */
const bannerOf = ({ name }) => (name === 'main' ? "'use strict';require('./heap.js');" : '');

/** Packages that read files of their own while they run, or that another one requires by a computed name. */
const APART = ['bull', 'ioredis', 'pg', 'piscina', /^swagger-ui-dist(\/|$)/];

/** Packages that Nest uses if they are there. */
const ABSENT = [/^@nestjs\/(microservices|websockets)(\/|$)/, '@fastify/static'];

/** Adds the compiler's map, so that stack traces name the sources. */
const withCompilersMap = {
  name: 'with-compilers-map',
  load(path) {
    if (!path.startsWith(COMPILED) || !existsSync(`${path}.map`)) return null;
    return { code: readFileSync(path, 'utf8'), map: readFileSync(`${path}.map`, 'utf8') };
  },
};

/** Nest's ES modules make a `require` that no bundler follows: at run time it would load the packages a second time. */
const visibleRequires = {
  name: 'visible-requires',
  transform: {
    filter: { id: /\/node_modules\/@nestjs\// },
    handler(code) {
      return { code: code.replace('const require = createRequire(import.meta.url);', ''), map: null };
    },
  },
};

const bundle = await rolldown({
  cwd: ROOT,
  platform: 'node',
  input: Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, path]) => [name, join(COMPILED, `${path}.js`)]),
  ),
  external: [...APART, ...ABSENT],
  preserveEntrySignatures: 'allow-extension',
  plugins: [withCompilersMap, visibleRequires],
  onLog: (level, { message }) => {
    if (level === 'warn') throw new Error(message);
  },
});
await bundle.write({
  dir: join(ROOT, 'dist/server'),
  format: 'cjs',
  cleanDir: true,
  sourcemap: true,
  minify: true,
  keepNames: true,
  comments: false,
  banner: bannerOf,
  chunkFileNames: '[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ debugName: 'package', name: packageOf }],
  },
});
await bundle.close();

/**
 * Gives each package a file of its own: to parse all in one leaves 40 MB of memory behind that nothing uses again. What
 * only Redis or mail needs stays on the disk.
 */
function packageOf(path) {
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return name ? name.replace('@', '').replace('/', '-') : null;
}
