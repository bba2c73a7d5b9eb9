import { isSentAgain, refusal, refusedPaths } from './refused-commit';

const PATHS = ['notes/a.md', 'notes/a.md.md', 'b.yaml'];

describe('A commit that GitLab refuses', () => {
  it.each<[string, readonly string[], readonly string[] | null]>([
    ["File name b.yaml was prohibited by the pattern 'yaml'.", PATHS, ['b.yaml']],
    ['File "notes/a.md" is larger than the allowed size of 1 MiB', PATHS, ['notes/a.md']],
    ["File name notes/a.md.md was prohibited by the pattern 'x'.", PATHS, ['notes/a.md.md']],
    ["invalid path: 'b.yaml'", PATHS, ['b.yaml']],
    ["Commit message does not follow the pattern 'JIRA'", PATHS, PATHS],
    ["Commit message contains the forbidden pattern 'wip'", PATHS, PATHS],
    ["Author's email 'a@b.c' does not follow the pattern 'x'", PATHS, PATHS],
    ["Author 'a@b.c' is not a member of team", PATHS, PATHS],
    ["You cannot push commits for 'a@b.c'.", PATHS, PATHS],
    ['PUSH BLOCKED: Secrets detected in code changes', PATHS, null],
    ['PUSH BLOCKED: Secrets detected in code changes', ['b.yaml'], ['b.yaml']],
  ])('%s: of %j, it is about %j', (said, paths, expected) => {
    expect(refusedPaths(said, paths)).toEqual(expected);
  });

  it.each([
    ["Commit message does not follow the pattern 'JIRA'", 'set messagePrefix'],
    ["Author's email 'a@b.c' does not follow the pattern 'x'", 'set fallbackAuthor'],
    ["Committer's email 'a@b.c' does not follow the pattern 'x'", 'change the file, or the rule'],
    ['PUSH BLOCKED: Secrets detected in code changes', 'change the file, or the rule'],
  ])('%s: says what to do', (said, expected) => {
    const { reason, detail } = refusal(said);
    expect(reason).toBe('refused_by_gitlab');
    expect(detail).toContain(`GitLab says “${said}”; `);
    expect(detail).toContain(expected);
  });
});

describe('A commit that GitLab refused', () => {
  it.each([
    ["Commit message does not follow the pattern 'X'", /messagePrefix/],
    ["Author 'a@b.c' is not a member of team", /fallbackAuthor/],
    ["Author's email 'a@b.c' does not follow the pattern", /fallbackAuthor/],
    ['You cannot push commits for a@b.c', /fallbackAuthor/],
    ['File name a.md was prohibited', /change the file, .* sent again by itself$/],
    ['Hook: Commit message is bad', /change the file/],
  ])('%s', (said, next) => {
    const { reason, detail } = refusal(said);
    expect(reason).toBe('refused_by_gitlab');
    expect(detail).toContain(`GitLab says “${said}”; `);
    expect(detail).toMatch(next);
  });

  it.each([
    ['local', 'refused_by_gitlab', '1', true],
    ['local', 'refused_by_gitlab', null, true],
    ['local', 'name_taken', '1', true],
    ['local', 'name_taken', null, false],
    ['local', 'too_big', '1', false],
    ['remote', 'refused_by_gitlab', '1', false],
  ] as const)('on the %s side for %s with %p is sent again: %s', (side, reason, blob, again) => {
    expect(isSentAgain({ path: 'a', side, reason, blob, detail: '', at: new Date(0) })).toBe(again);
  });
});
