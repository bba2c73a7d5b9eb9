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
  ...{ autoPull: true, workBranch: null, baseCommit: OWN, workCommit: null },
};
/** The same, with a work branch whose head is known. */
const WORK = 'e'.repeat(40);
const proposing: Expected = { ...expected, workBranch: 'dot/context', workCommit: WORK };
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

/** Payload of GitLab's merge request hook, shortened. */
const mergeRequest = (more: object = {}) => ({
  ...{ object_kind: 'merge_request', project: { id: 7, path_with_namespace: 'team/docs' } },
  object_attributes: {
    ...{ iid: 3, action: 'merge', source_branch: 'dot/context', target_branch: 'main' },
    ...{ source_project_id: 7, target_project_id: 7, last_commit: { id: AFTER } },
    ...more,
  },
});

describe('Whether an event of a merge request matters', () => {
  it.each<[string, string | null, unknown, Ignored | null]>([
    ['merged', 'Merge Request Hook', mergeRequest(), null],
    ['closed', 'Merge Request Hook', mergeRequest({ action: 'close' }), null],
    ['from an instance-wide hook', 'System Hook', mergeRequest(), null],
    ['without the event header', null, mergeRequest(), null],
    ['of another target branch', 'Merge Request Hook', mergeRequest({ target_branch: 'x' }), null],
    ['of another source branch', 'Merge Request Hook', mergeRequest({ source_branch: 'x' }), 'other_branch'],
    ['from main', 'Merge Request Hook', mergeRequest({ source_branch: 'main' }), 'other_branch'],
    ['from a fork', 'Merge Request Hook', mergeRequest({ source_project_id: 8 }), 'other_branch'],
    ['of another project', 'Merge Request Hook', mergeRequest({ target_project_id: 8 }), 'other_project'],
    ['approved', 'Merge Request Hook', mergeRequest({ action: 'approved' }), 'other_event'],
    ['unapproved', 'Merge Request Hook', mergeRequest({ action: 'unapproval' }), 'other_event'],
    ['edited', 'Merge Request Hook', mergeRequest({ action: 'update' }), null],
    ['pushed to by a reviewer', 'Merge Request Hook', mergeRequest({ action: 'update', oldrev: WORK }), null],
    [
      'pushed to by this service',
      'Merge Request Hook',
      mergeRequest({ action: 'update', oldrev: BEFORE, last_commit: { id: WORK } }),
      'own_commit',
    ],
    [
      'edited at our commit',
      'Merge Request Hook',
      mergeRequest({ action: 'update', last_commit: { id: WORK } }),
      null,
    ],
    [
      'merged at our commit',
      'Merge Request Hook',
      mergeRequest({ last_commit: { id: WORK }, oldrev: BEFORE }),
      null,
    ],
    ['of a template that tells nothing', 'Merge Request Hook', { text: 'merged!' }, null],
    ['of a new kind of action', 'Merge Request Hook', mergeRequest({ action: 'train' }), null],
    [
      'with fields of strange types',
      'Merge Request Hook',
      mergeRequest({ source_branch: 5, action: [] }),
      null,
    ],
  ])('one %s', (_, event, body, reason) => {
    expect(reasonToIgnore({ event, hint: hintOf(body), repeated: false }, proposing)).toBe(reason);
  });

  it.each<[string, Partial<Expected>, boolean, Ignored]>([
    ['while changes are pushed directly', { workBranch: null }, false, 'other_event'],
    ['while automatic pulls are off', { autoPull: false }, false, 'auto_pull_off'],
    ['that is repeated', {}, true, 'duplicate'],
  ])('ignores one %s', (_, more, repeated, reason) => {
    const event = { event: 'Merge Request Hook', hint: hintOf(mergeRequest()), repeated };
    expect(reasonToIgnore(event, { ...proposing, ...more })).toBe(reason);
  });

  it.each<[string, object, Ignored | null]>([
    ['a reviewer', { ref: 'refs/heads/dot/context' }, null],
    ['this service', { ref: 'refs/heads/dot/context', after: WORK }, 'own_commit'],
    ['a merge at the commit of the work branch', { after: WORK }, null],
    ['a reviewer of a numbered branch', { ref: 'refs/heads/dot/context-2' }, null],
    ['somebody on another branch', { ref: 'refs/heads/dot' }, 'other_branch'],
    ['somebody on a branch of a similar name', { ref: 'refs/heads/dot/contexts' }, 'other_branch'],
  ])('judges a push of %s by its own branch', (_, more, reason) => {
    const event = { event: 'Push Hook', hint: hintOf(push(more)), repeated: false };
    expect(reasonToIgnore(event, proposing)).toBe(reason);
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
    ['a push to the work branch', [push({ ref: 'refs/heads/dot/context' })], null],
    ['a push, and one to the work branch', [push(), push({ ref: 'refs/heads/dot/context' })], null],
    ['a push without a ref', [push({ ref: undefined })], AFTER],
    ['a merge request', [mergeRequest()], null],
    ['a push, and a merge request', [push(), mergeRequest()], null],
  ])('%s', (_, bodies, commit) => {
    expect(announcedBy(bodies.map(hintOf), expected)).toBe(commit);
  });
});
