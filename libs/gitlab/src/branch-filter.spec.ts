import { branchFilterFor, filtersAsWanted, matchesWildcard } from './branch-filter';

describe('The filter of a hook', () => {
  it.each<[readonly [string, ...string[]], string, string]>([
    [['main'], 'main', 'wildcard'],
    [['main', 'dot/context'], '^(main|dot/context)$', 'regex'],
    [['main', 'dot/context*'], '^(main|dot/context.*)$', 'regex'],
    [['v1.0', 'a+b|c', '(x)'], '^(v1\\.0|a\\+b\\|c|\\(x\\))$', 'regex'],
  ])('for %j is %s', (branches, filter, strategy) => {
    expect(branchFilterFor(branches)).toEqual({ filter, strategy });
    if (strategy !== 'regex') return;
    const wanted = new RegExp(filter);
    expect(branches.every((branch) => wanted.test(branch.replace('*', '-2')))).toBe(true);
    expect(['v1x0', 'aab|c', 'x', 'dot', 'main/x', 'xmain'].filter((name) => wanted.test(name))).toEqual([]);
  });

  const two = ['main', 'dot/context'] as const;
  it.each<
    [string | null, 'wildcard' | 'regex' | 'all_branches' | null, readonly [string, ...string[]], boolean]
  >([
    ['main', 'wildcard', ['main'], true],
    ['main', null, ['main'], true],
    ['main', 'regex', ['main'], false],
    ['main', 'wildcard', two, false],
    ['^(main|dot/context)$', 'regex', two, true],
    ['^(main|dot/context)$', 'wildcard', two, false],
    ['^(main|dot/other)$', 'regex', two, false],
    [null, 'all_branches', two, false],
    [null, 'wildcard', two, false],
    [null, null, two, true],
    ['main', null, two, false],
    [null, null, ['main'], false],
  ])('%j with strategy %s serves %j: %s', (branchFilter, branchFilterStrategy, branches, serves) => {
    expect(filtersAsWanted({ branchFilter, branchFilterStrategy }, branches)).toBe(serves);
  });
});

describe('A pattern of GitLab', () => {
  it.each([
    ['main', 'main', true],
    ['main', 'main2', false],
    ['dot/*', 'dot/context', true],
    ['dot/*', 'dot/', true],
    ['dot/*', 'dot', false],
    ['*', 'anything/at/all', true],
    ['*/context', 'dot/context', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['a*bc*c', 'abc', false],
    ['d.t', 'dot', false],
  ])('%s matches %s: %s', (pattern, name, matches) => expect(matchesWildcard(pattern, name)).toBe(matches));
});
