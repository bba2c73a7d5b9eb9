import { watchedBranches } from './watched-branches';

const target = { branch: 'main', workBranch: 'dot/context' };

describe('The branches that a hook delivers', () => {
  it.each([
    ['direct', ['main']],
    [
      'merge_request',
      ['main', 'dot/context', 'dot/context-2', 'dot/context-3', 'dot/context-4', 'dot/context-5'],
    ],
  ] as const)('in mode %s', (publish, branches) => {
    expect(watchedBranches({ ...target, publish })).toEqual(branches);
  });
});
