import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const textsOf = ({ node }) =>
  node.type === 'StringLiteral' ? [node.value] : (node.quasis ?? []).map(({ value }) => value.cooked);

/** Leaves sentences for people as they are: specs check codes and next steps, not each word. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'sentences', {
    shouldIgnore: (path) =>
      textsOf(path).some((text) => / /.test(text.trim())) ? 'is a sentence for people' : undefined,
  }),
];
