import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const textsOf = ({ node }) =>
  node.type === 'StringLiteral' ? [node.value] : (node.quasis ?? []).map(({ value }) => value.cooked);

/** Recognises `this.logger.warn(…)` and `new Logger(…)`. */
const isLogging = ({ node: { type, callee } }) =>
  (type === 'CallExpression' && callee.object?.property?.name === 'logger') ||
  (type === 'NewExpression' && callee.name === 'Logger');

const ignorer = (name, shouldIgnore) => declareValuePlugin(PluginKind.Ignore, name, { shouldIgnore });

/** Leaves text for people as it is: specs check codes and next steps, not each word. */
export const strykerPlugins = [
  ignorer('sentences', (path) =>
    textsOf(path).some((text) => / /.test(text.trim())) ? 'is a sentence for people' : undefined,
  ),
  ignorer('log-lines', (path) => (isLogging(path) ? 'is a log line for operators' : undefined)),
];
