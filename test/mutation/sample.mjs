import { CheckStatus } from '@stryker-mutator/api/check';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

const [part, parts] = (process.env.MUTATION_SAMPLE ?? '').split('/').map(Number);

/** Picks each nth mutant of an area: the ids count the mutants from file to file, so a sample is spread over all. */
class Sample {
  async init() {}

  async check(mutants) {
    return Object.fromEntries(mutants.map(({ id }) => [id, isPicked(id) ? PASSED : LEFT_OUT]));
  }

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }
}

const PASSED = { status: CheckStatus.Passed };
/** The score leaves out what does not compile. */
const LEFT_OUT = { status: CheckStatus.CompileError, reason: 'is in another sample' };

const isPicked = (id) => Number(id) % parts === part % parts;

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
