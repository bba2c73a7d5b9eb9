import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { expect } from 'expect';
import * as circus from 'jest-circus';
import * as jest from 'jest-mock';

const TIMEOUT_MS = 20_000;
const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = circus;
Object.assign(globalThis, { describe, it, test, beforeAll, beforeEach, afterAll, afterEach, expect, jest });

const stryker = (globalThis.__stryker__ ??= {});
/** Set once Stryker works in its copy of the project. */
let require;

/**
 * Runs the specs of an area in Stryker's process, with the test framework of Jest but without its sandbox per spec: a
 * mutant costs its tests only. Loads the code again if a mutant lies in code that runs while it is loaded.
 */
class CircusRunner {
  specs = process.env.MUTATION_SPECS.split(',').map((spec) => join(process.cwd(), spec));
  stale = false;
  failed = false;

  capabilities() {
    return { reloadEnvironment: true };
  }

  init() {
    require = createRequire(join(process.cwd(), 'package.json'));
    compileOnce();
    require('./test/support/quiet.ts');
    circus.addEventHandler((event) => this.follow(event));
    process.on('unhandledRejection', () => (this.failed = true));
  }

  async dryRun() {
    const tests = await this.run(() => true);
    return { status: DryRunStatus.Complete, tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, reloadEnvironment, disableBail }) {
    if (this.stale || reloadEnvironment) forget((file) => !file.endsWith('.spec.ts'));
    this.stale = reloadEnvironment;
    Object.assign(stryker, { hitLimit, hitCount: hitLimit ? 0 : undefined });
    const wanted = testFilter && new Set(testFilter);
    const activate = () => (stryker.activeMutant = activeMutant.id);
    if (mutantActivation === 'static') activate();
    try {
      const tests = await this.run((name) => !wanted || wanted.has(name), activate);
      if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: 'The mutant was hit too often.' };
      return toMutantRunResult({ status: DryRunStatus.Complete, tests }, disableBail);
    } catch (error) {
      return { status: 'killed', killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    } finally {
      stryker.activeMutant = undefined;
    }
  }

  /** Runs the tests with these names. The first failure of a mutant skips the tests after it. */
  async run(isWanted, loaded = () => undefined) {
    this.failed = false;
    stryker.currentTestId = undefined;
    circus.resetState();
    circus.getState().testTimeout = TIMEOUT_MS;
    forget((file) => file.endsWith('.spec.ts'));
    this.specs.forEach((spec) => require(spec));
    loaded();
    for (const each of testsOf(circus.getState().rootDescribeBlock))
      if (!isWanted(nameOf(each))) each.mode = 'skip';
    const { testResults } = await circus.run();
    const tests = testResults.map(resultOf);
    if (this.failed && tests.every(({ status }) => status !== TestStatus.Failed))
      Object.assign(tests[0], { status: TestStatus.Failed, failureMessage: 'A promise was rejected.' });
    return tests;
  }

  /** Counts what still runs after a test as part of it, and what prepares several tests as part of none. */
  follow({ name, test: current, hook }) {
    if (name === 'test_start') stryker.currentTestId = nameOf(current);
    if (name === 'hook_start' && hook.type === 'beforeAll') stryker.currentTestId = undefined;
    if (!/^(test_fn|hook)_failure$/.test(name) || stryker.activeMutant === undefined) return;
    for (const each of testsOf(circus.getState().rootDescribeBlock)) each.mode = 'skip';
  }
}

function resultOf({ testPath, errors, duration, status }) {
  const name = testPath.slice(1).join(' ');
  const timeSpentMs = duration ?? 0;
  if (errors.length)
    return { id: name, name, timeSpentMs, status: TestStatus.Failed, failureMessage: errors[0] };
  return { id: name, name, timeSpentMs, status: status === 'done' ? TestStatus.Success : TestStatus.Skipped };
}

const testsOf = ({ children }) =>
  children.flatMap((child) => (child.type === 'test' ? child : testsOf(child)));

const nameOf = ({ name, parent }) => (parent?.parent ? `${nameOf(parent)} ${name}` : name);

/** Forgets loaded files of the project. */
function forget(isForgotten) {
  for (const file of Object.keys(require.cache))
    if (file.startsWith(process.cwd()) && isForgotten(file)) delete require.cache[file];
}

/** Loads TypeScript as other programs of the tests do, but compiles each file once. */
function compileOnce() {
  require('./test/support/run-typescript.cjs');
  const compile = require.extensions['.ts'];
  const compiled = new Map();
  require.extensions['.ts'] = (module, filename) => {
    if (!compiled.has(filename)) {
      let code;
      compile({ _compile: (text) => (code = text) }, filename);
      const names = ['exports', 'require', 'module', '__filename', '__dirname'];
      compiled.set(filename, compileFunction(code, names, { filename }));
    }
    const load = createRequire(filename);
    compiled.get(filename)(module.exports, load, module, filename, join(filename, '..'));
  };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'circus', CircusRunner)];
