import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { relative } from 'node:path';

const { FEW, LONG } = createRequire(__filename)('./brief.cjs') as Record<'FEW' | 'LONG', readonly string[]>;

const JEST = 'node_modules/jest/bin/jest.js';
const ALL = specsOf(['--all']);

function specsOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): string[] {
  const { CI: _, ...rest } = process.env;
  const listed = execFileSync(process.execPath, [JEST, '--listTests', '--json', ...args], {
    encoding: 'utf8',
    env: { ...rest, ...env },
  });
  return (JSON.parse(listed) as string[]).map((path) => relative(process.cwd(), path)).sort();
}

const isSlow = (spec: string) => /^test\/(browser|e2e|hosts|image|kill)\//.test(spec);

describe('The long specs', () => {
  it('exist', () => {
    expect(ALL).toEqual(expect.arrayContaining([...FEW, ...LONG]));
  });

  it('are left out of a brief run, except for a few', () => {
    const expected = ALL.filter((spec) => FEW.includes(spec) || !(LONG.includes(spec) || isSlow(spec)));
    expect(specsOf([])).toEqual(expected);
  });

  it('run in CI', () => expect(specsOf([], { CI: 'true' })).toEqual(ALL));

  it('run when the command line names them', () => {
    expect(specsOf(['test/kill'])).toEqual(ALL.filter((spec) => spec.startsWith('test/kill/')));
  });
});
