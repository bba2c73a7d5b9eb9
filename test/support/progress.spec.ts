import { createRequire } from 'node:module';
import { join } from 'node:path';

const ProgressReporter = createRequire(__filename)('./progress.cjs');

const file = (path: string) => join(process.cwd(), path);
const passed = { status: 'passed', ancestorTitles: ['A webhook'], title: 'is accepted' };
const failed = { status: 'failed', ancestorTitles: ['A webhook', 'of GitLab'], title: 'is refused' };
const skipped = { status: 'pending', ancestorTitles: ['A queue on Redis'], title: 'wakes a worker' };

/** Returns what the end of a run with these files prints. */
function endOf(...testResults: object[]): string {
  let printed = '';
  const output = { isTTY: false, write: (text: string) => (printed += text) };
  const reporter = Object.assign(new ProgressReporter(), { output });
  const startTime = Date.now() - 83_000;
  reporter.onRunComplete(new Set(), { startTime, numTotalTestSuites: 2, numPassedTests: 7, testResults });
  return printed;
}

describe('The end of npm test', () => {
  it('says how many tests passed, and names each group that was skipped once', () => {
    const printed = endOf({ testFilePath: file('a.spec.ts'), testResults: [passed, skipped, skipped] });
    expect(printed).toContain(
      'lacks what they need:\n  A queue on Redis\nAll 7 tests passed in 1 min 23 s (suites: 2).',
    );
    expect(printed).not.toContain('Failed');
  });

  it('names each failed test, and the command that runs its file again', () => {
    const testFilePath = file('libs/webhooks/src/a.spec.ts');
    const printed = endOf({ testFilePath, failureMessage: '● …', testResults: [passed, failed] });
    expect(printed).toBe(
      'Failed:\n  A webhook › of GitLab › is refused\nTo run them again: npx jest libs/webhooks/src/a.spec.ts\n',
    );
  });

  it('names a file that could not be run', () => {
    const testFilePath = file('libs/webhooks/src/b.spec.ts');
    const printed = endOf({ testFilePath, failureMessage: '● …', testExecError: {}, testResults: [] });
    expect(printed).toContain('Failed:\n  libs/webhooks/src/b.spec.ts\n');
  });
});
