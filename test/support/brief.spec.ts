import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { LONG } = createRequire(__filename)('./brief.cjs') as { readonly LONG: readonly string[] };

const JEST = 'node_modules/jest/bin/jest.js';

function specsOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): string[] {
  const { CI: _, ...rest } = process.env;
  const listed = execFileSync(process.execPath, [JEST, '--listTests', '--json', ...args], {
    encoding: 'utf8',
    env: { ...rest, ...env },
  });
  const all = JSON.parse(listed) as string[];
  return LONG.filter((spec) => all.includes(join(process.cwd(), spec)));
}

describe('The long specs', () => {
  it('exist', () => {
    expect(LONG.filter((spec) => !existsSync(spec))).toEqual([]);
  });

  it('are left out of a brief run', () => expect(specsOf([])).toEqual([]));

  it('run with --all and in CI', () => {
    expect(specsOf(['--all'])).toEqual(LONG);
    expect(specsOf([], { CI: 'true' })).toEqual(LONG);
  });

  it('run when the command line names them', () => {
    expect(specsOf(['test/kill'])).toEqual(LONG.filter((spec) => spec.startsWith('test/kill/')));
  });
});
