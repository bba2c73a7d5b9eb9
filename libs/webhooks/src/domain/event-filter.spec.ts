import { announcedBy, reasonToIgnore, type Expected, type Ignored } from './event-filter';
import { readHint } from './push-hint';

const [BEFORE, AFTER, OWN, ZEROS] = ['a', 'b', 'c', '0'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
  string,
];

/** Payload of GitLab's push hook, shortened. */
const push = (more: object = {}) => ({
  ...{ object_kind: 'push', event_name: 'push', before: BEFORE, after: AFTER, ref: 'refs/heads/main' },
  ...{ checkout_sha: AFTER, user_username: 'ada', project_id: 7, project: { id: 7, default_branch: 'main' } },
  ...{ commits: [{ id: AFTER, added: [], modified: ['notes/a.md'], removed: [] }], total_commits_count: 1 },
  ...more,
});

const expected: Expected = {
  ...{ projectId: 7, pathWithNamespace: 'team/docs', branch: 'main' },
  ...{ autoPull: true, baseCommit: OWN },
};
const inProject = (path: unknown) => push({ after: OWN, project: { id: 7, path_with_namespace: path } });
const hintOf = (body: unknown) => readHint(Buffer.from(JSON.stringify(body)));
const judge = (event: string | null, body: unknown) =>
  reasonToIgnore({ event, hint: hintOf(body), repeated: false }, expected);

describe('Whether a delivery matters', () => {
  it.each<[string, string | null, unknown, Ignored | null]>([
    ['a push to the branch', 'Push Hook', push(), null],
    ['a tag', 'Tag Push Hook', push({ object_kind: 'tag_push', ref: 'refs/tags/main' }), 'other_event'],
    ['a merge request', 'Merge Request Hook', { object_kind: 'merge_request' }, 'other_event'],
    ['a push from an instance-wide hook', 'System Hook', push(), null],
    ['the same, of an old version', 'System Hook', push({ object_kind: undefined }), null],
    ['the same, to another branch', 'System Hook', push({ ref: 'refs/heads/x' }), 'other_branch'],
    ['the same, of another project', 'System Hook', push({ project_id: 8 }), 'other_project'],
    ['the same, of the own commit', 'System Hook', push({ after: OWN }), 'own_commit'],
    ['a tag from an instance-wide hook', 'System Hook', push({ object_kind: 'tag_push' }), 'other_event'],
    [
      'a tag from an instance-wide hook of an old version',
      'System Hook',
      push({ object_kind: undefined, event_name: 'tag_push' }),
      'other_event',
    ],
    [
      'a merge request from an instance-wide hook',
      'System Hook',
      { object_kind: 'merge_request' },
      'other_event',
    ],
    ['a new user of the instance', 'System Hook', { event_name: 'user_create', user_id: 1 }, 'other_event'],
    ['an instance-wide hook that tells nothing', 'System Hook', { text: 'pushed!' }, null],
    ['a template of a push hook that names another kind', 'Push Hook', push({ object_kind: 'note' }), null],
    ['a template of another hook that names a push', 'Note Hook', push(), 'other_event'],
    ['an old push without the event header', null, push({ object_kind: undefined }), null],
    ['a tag of an old version without the event header', null, { event_name: 'tag_push' }, 'other_event'],
    ['a push without the event header', null, push(), null],
    ['an issue without the event header', null, { object_kind: 'issue' }, 'other_event'],
    ['another project', 'Push Hook', push({ project_id: 8 }), 'other_project'],
    ['another branch', 'Push Hook', push({ ref: 'refs/heads/main-2' }), 'other_branch'],
    ['a tag named like the branch', 'Push Hook', push({ ref: 'refs/tags/main' }), 'other_branch'],
    ['a branch that ends alike', 'Push Hook', push({ ref: 'refs/heads/feature/main' }), 'other_branch'],
    ['the own commit', 'Push Hook', push({ after: OWN }), 'own_commit'],
    ['the own commit in the known project', 'Push Hook', inProject('team/docs'), 'own_commit'],
    ['the own commit in a project that moved', 'Push Hook', inProject('team/handbook'), null],
    ['the own commit in a project without a name', 'Push Hook', inProject(7), 'own_commit'],
    ['the own commit, of a template', 'Push Hook', push({ after: OWN, project: null }), 'own_commit'],
    [
      'the own commit on another branch',
      'Push Hook',
      push({ after: OWN, ref: 'refs/heads/x' }),
      'other_branch',
    ],
    ['the branch deleted', 'Push Hook', push({ after: ZEROS, checkout_sha: null, commits: [] }), null],
    ['the branch created', 'Push Hook', push({ before: ZEROS }), null],
    ['the branch made anew at the own commit', 'Push Hook', push({ before: ZEROS, after: OWN }), null],
    ['a project id as text, from a template', 'Push Hook', push({ project_id: '7' }), null],
    ['a template that tells nothing', 'Push Hook', { text: 'pushed!' }, null],
    ['fields of strange types', 'Push Hook', push({ project_id: null, ref: 5, after: [] }), null],
    ['a list', 'Push Hook', [push()], null],
    ['a bare text', 'Push Hook', 'push', null],
    ['null', 'Push Hook', null, null],
  ])('%s', (_, event, body, reason) => {
    expect(judge(event, body)).toBe(reason);
  });

  it('lets through what cannot be read, or was too long to keep', () => {
    for (const body of [Buffer.from('{"ref":'), Buffer.from([0xff, 0xfe]), Buffer.alloc(0), null]) {
      const hint = readHint(body);
      expect(reasonToIgnore({ event: 'Push Hook', hint, repeated: false }, expected)).toBeNull();
    }
  });

  it('knows no own commit before the first sync', () => {
    const push = { event: 'Push Hook', hint: {}, repeated: false };
    expect(reasonToIgnore(push, { ...expected, baseCommit: null })).toBeNull();
  });

  it.each<[string, Partial<Expected> | null, object, boolean, Ignored]>([
    ['without a target', null, push(), false, 'not_configured'],
    ['without a target, even repeated', null, push(), true, 'not_configured'],
    ['while automatic pulls are off', { autoPull: false }, push(), false, 'auto_pull_off'],
    [
      'the own commit while automatic pulls are off',
      { autoPull: false },
      push({ after: OWN }),
      false,
      'own_commit',
    ],
    ['repeated while automatic pulls are off', { autoPull: false }, push(), true, 'auto_pull_off'],
    ['repeated', {}, push(), true, 'duplicate'],
    ['repeated, on another branch', {}, push({ ref: 'refs/heads/x' }), true, 'other_branch'],
  ])('a push %s', (_, target, body, repeated, reason) => {
    const event = { event: 'Push Hook', hint: hintOf(body), repeated };
    expect(reasonToIgnore(event, target && { ...expected, ...target })).toBe(reason);
  });
});

describe('The commit that pushes announce', () => {
  const other = 'd'.repeat(40);
  it.each<[string, object[], string | null]>([
    ['one push', [push()], AFTER],
    ['pushes of the same commit', [push(), push()], AFTER],
    ['pushes of several commits', [push(), push({ after: other }), push()], null],
    ['a push, and one that names no commit', [push(), push({ after: undefined })], null],
    ['a deleted branch', [push({ after: ZEROS })], null],
    ['a recreated branch', [push({ before: ZEROS })], null],
    ['a project that moved', [inProject('team/handbook')], null],
    ['no push', [], null],
  ])('%s', (_, bodies, commit) => {
    expect(announcedBy(bodies.map(hintOf), expected)).toBe(commit);
  });
});
