import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const PACKAGE = /\b(?:require|import)\(["']((?:@[^/"']+\/)?[^./"'][^/"']*)(?:\/[^"']*)?["']\)/g;
const TYPES = /\bfrom ["']((?:@[^/"']+\/)?[^./"'][^/"']*)(?:\/[^"']*)?["']/g;

/**
 * Returns the package.json of the package. Its dependencies are those that the compiled files require and no peer
 * brings, in the project's own versions. @throws Error for a package of unknown version
 */
export function manifest(root, out) {
  const { version, author, dependencies } = read(join(root, 'package.json'));
  const described = read(join(root, 'libs/gitlab-sync/package.json'));
  const required = packagesIn(out).filter((name) => !(name in described.peerDependencies));
  const unknown = required.filter((name) => !dependencies[name]);
  if (unknown.length)
    throw new Error(`The package requires ${unknown.join(', ')}: add them to dependencies.`);
  return {
    ...described,
    version,
    ...(author && { author }),
    dependencies: Object.fromEntries(required.map((name) => [name, `^${dependencies[name]}`])),
  };
}

function packagesIn(out) {
  const files = readdirSync(out, { recursive: true }).filter((path) => /\.(js|d\.ts)$/.test(path));
  const names = files
    .filter((path) => !path.startsWith('panel/'))
    .flatMap((path) =>
      [...readFileSync(join(out, path), 'utf8').matchAll(path.endsWith('.ts') ? TYPES : PACKAGE)].map(
        ([, name]) => name,
      ),
    );
  return [...new Set(names)]
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
    .sort();
}
