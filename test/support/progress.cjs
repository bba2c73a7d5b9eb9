const { relative } = require('node:path');
const { isFull, LONG } = require('./brief.cjs');

/** Intervals of the progress line: in place on a terminal, line by line elsewhere. */
const TERMINAL_MS = 250;
const ELSEWHERE_MS = 10_000;

/**
 * Reports `npm test`: progress and failures while it runs; at the end the skipped and failed tests, and the command
 * to continue.
 */
module.exports = class ProgressReporter {
  output = process.stderr;

  onRunStart(results) {
    this.results = results;
    this.timer = setInterval(() => this.showProgress(), this.output.isTTY ? TERMINAL_MS : ELSEWHERE_MS);
  }

  onTestResult(_, { failureMessage }, results) {
    this.results = results;
    if (failureMessage) this.print(failureMessage);
  }

  onRunComplete(_, results) {
    clearInterval(this.timer);
    const { numTotalTestSuites, numPassedTests } = results;
    const skipped = namesOf(results, 'pending').map(([group]) => group);
    const failed = namesOf(results, 'failed').map((names) => names.join(' › '));
    const broken = results.testResults.filter(({ testExecError }) => testExecError);
    const files = results.testResults.filter(({ failureMessage }) => failureMessage).map(fileOf);
    this.list('Skipped, because this machine lacks what they need', skipped);
    this.list('Failed', [...failed, ...broken.map(fileOf)]);
    if (files.length) return this.print(`To run them again: npx jest ${files.join(' ')}`);
    this.print(`All ${numPassedTests} tests passed in ${timeOf(results)} (suites: ${numTotalTestSuites}).`);
    if (!isFull)
      this.print(
        `Brief: ${LONG.length} long suites were left out, and proofs shortened. All: npm test -- --all`,
      );
  }

  showProgress() {
    const { numPassedTests, numFailedTests, numPassedTestSuites, numFailedTestSuites, numTotalTestSuites } =
      this.results;
    const suites = `${numPassedTestSuites + numFailedTestSuites} of ${numTotalTestSuites} suites`;
    const failed = numFailedTests ? `, ${numFailedTests} failed` : '';
    this.print(`${suites}, ${numPassedTests} tests passed${failed}, ${timeOf(this.results)}`);
    if (this.output.isTTY) this.output.write('\x1b[A');
  }

  list(title, names) {
    if (names.length) this.print([`${title}:`, ...new Set(names)].join('\n  '));
  }

  print(text) {
    this.output.write(`${this.output.isTTY ? '\x1b[K' : ''}${text}\n`);
  }
};

const namesOf = ({ testResults }, wanted) =>
  testResults.flatMap(({ testResults: tests }) =>
    tests
      .filter(({ status }) => status === wanted)
      .map(({ ancestorTitles, title }) => [...ancestorTitles, title]),
  );

const fileOf = ({ testFilePath }) => relative(process.cwd(), testFilePath);

function timeOf({ startTime }) {
  const seconds = Math.round((Date.now() - startTime) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
