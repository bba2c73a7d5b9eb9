import type { CommitRequest, MergeRequest, NewMergeRequest, Repo } from '@app/gitlab';
import type { Arrange, Subject } from './subject';

export const WORK = 'dot/context';

const NO_ANSWER_YET = ['preparing', 'checking', 'unchecked'];

export const request: NewMergeRequest = {
  source: WORK,
  target: 'main',
  title: 'Dot: one change',
  description: 'Changes made in Dot.',
  removeSourceBranch: true,
};

/** Creates the work branch by one commit, or commits on top of it. */
export async function commitToWork(
  { gitlab, repo }: Pick<Subject, 'gitlab' | 'repo'>,
  path: string,
  text: string,
  more: Partial<CommitRequest> = { start: { branch: 'main' } },
): Promise<string> {
  const content = Buffer.from(text);
  const actions = [{ op: 'create' as const, path, content }];
  const commit = { message: `Write ${path}`, author: null, actions, base: null, ...more };
  return (await gitlab.commit(workOf(repo), commit)).id;
}

export const workOf = (repo: Repo): Repo => ({ ...repo, branch: WORK });

/** Reads until GitLab has decided whether it can be merged. */
export async function decided({ gitlab, repo }: Subject, iid: number): Promise<MergeRequest> {
  for (let read = 0; read < 500; read++) {
    const mr = await gitlab.mergeRequest(repo, iid);
    if (!NO_ANSWER_YET.includes(mr.mergeStatus)) return mr;
  }
  throw new Error(`GitLab does not decide about !${iid}`);
}

export async function propose(subject: Subject, more: Partial<NewMergeRequest> = {}): Promise<MergeRequest> {
  await commitToWork(subject, 'notes/a.md', 'a\n');
  return subject.gitlab.createMergeRequest(subject.repo, { ...request, ...more });
}

/** Merge requests and the work branch (docs/gitlab-api.md#merge-requests), as a token with the api scope sees them. */
export function describeMergeRequests(arrange: Arrange): void {
  let subject: Subject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  it('are opened, found and read', async () => {
    const { gitlab, repo } = subject;
    const head = await commitToWork(subject, 'notes/a.md', 'a\n');
    const made = await gitlab.createMergeRequest(repo, request);
    expect(made).toMatchObject({
      ...{ state: 'opened', title: request.title, description: request.description, draft: false },
      ...{ source: WORK, target: 'main', closedBy: null, closedAt: null },
      ...{ mergedAt: null, mergeCommit: null, squashCommit: null, conflict: false },
    });
    expect(made.webUrl).toMatch(new RegExp(`/${repo.pathWithNamespace}/-/merge_requests/${made.iid}$`));
    const read = await decided(subject, made.iid);
    expect(read).toMatchObject({ iid: made.iid, head, empty: false, conflict: false });
    const { mergeStatus, conflict, empty, ...listed } = read;
    expect(await gitlab.findMergeRequests(repo, { source: WORK })).toEqual([listed]);
    expect([typeof mergeStatus, conflict, empty]).toEqual(['string', false, false]);
  });

  it('know nothing of the difference before GitLab has computed it', async () => {
    const made = await propose(subject);
    expect([made.head === null, made.empty === null]).toEqual([made.empty === null, made.head === null]);
    expect(NO_ANSWER_YET).toContain(made.mergeStatus);
  });

  it('are found by source, target and state', async () => {
    const { gitlab, repo } = subject;
    const { iid } = await propose(subject);
    const found = async (query: object) =>
      (await gitlab.findMergeRequests(repo, { source: WORK, ...query })).map((mr) => mr.iid);
    expect(await found({ target: 'main', state: 'opened' })).toEqual([iid]);
    expect(await found({ target: 'other' })).toEqual([]);
    expect(await found({ state: 'closed' })).toEqual([]);
    expect(await found({ source: 'dot' })).toEqual([]);
    expect(await found({ source: 'dot/contex' })).toEqual([]);
  });

  it('exist once for each source and target while open', async () => {
    const { gitlab, repo } = subject;
    const { iid } = await propose(subject);
    const again = gitlab.createMergeRequest(repo, { ...request, title: 'Again' });
    await expect(again).rejects.toMatchObject({ code: 'merge_request_exists', iid });
    await gitlab.closeMergeRequest(repo, iid);
    const next = await gitlab.createMergeRequest(repo, request);
    expect(next.iid).toBeGreaterThan(iid);
    const all = await gitlab.findMergeRequests(repo, { source: WORK });
    expect(all.map((mr) => mr.iid)).toEqual([next.iid, iid]);
  });

  it.each([
    ['source', { source: 'dot/nowhere' }, 'dot/nowhere'],
    ['target', { target: 'nowhere' }, 'nowhere'],
  ])('need a %s that exists', async (_name, change, branch) => {
    await commitToWork(subject, 'notes/a.md', 'a\n');
    const made = subject.gitlab.createMergeRequest(subject.repo, { ...request, ...change });
    await expect(made).rejects.toMatchObject({ code: 'branch_not_found', branch });
  });

  it('get new texts, which GitLab stores without carriage returns and trailing blanks', async () => {
    const { gitlab, repo } = subject;
    const { iid } = await propose(subject);
    const texts = { title: 'Dot: two changes', description: 'One\r\n\r\n- two\r\n\r\n  \r\n' };
    const changed = await gitlab.updateMergeRequest(repo, iid, texts);
    expect(changed).toMatchObject({ title: texts.title, description: 'One\n\n- two', state: 'opened' });
    const half = await gitlab.updateMergeRequest(repo, iid, { title: 'Dot: three changes' });
    expect(half).toMatchObject({ title: 'Dot: three changes', description: 'One\n\n- two' });
  });

  it('are closed, and closing twice changes nothing', async () => {
    const { gitlab, repo } = subject;
    const { iid } = await propose(subject);
    const closed = await gitlab.closeMergeRequest(repo, iid);
    expect(closed).toMatchObject({ state: 'closed' });
    expect(closed.closedBy).toMatchObject({ username: expect.any(String) });
    expect(await gitlab.closeMergeRequest(repo, iid)).toMatchObject({ state: 'closed' });
    expect(await gitlab.findMergeRequests(repo, { source: WORK, state: 'opened' })).toEqual([]);
  });

  it('are accepted without a difference, and say so', async () => {
    const { gitlab, repo } = subject;
    const made = await commitToWork(subject, 'notes/a.md', 'a\n');
    const actions = [{ op: 'delete' as const, path: 'notes/a.md' }];
    await gitlab.commit(workOf(repo), { message: 'Take it back', author: null, actions, base: made });
    const { iid } = await gitlab.createMergeRequest(repo, request);
    expect(await decided(subject, iid)).toMatchObject({ empty: true, conflict: false, state: 'opened' });
  });

  it('say when both branches changed the same lines', async () => {
    const { gitlab, repo, push } = subject;
    const { head } = await gitlab.branch(repo.projectId, 'main');
    await push({ files: { 'README.md': '# Theirs\n' } });
    const content = Buffer.from('# Ours\n');
    const actions = [{ op: 'update' as const, path: 'README.md', content }];
    const start = { commit: head.id };
    await gitlab.commit(workOf(repo), { message: 'Ours', author: null, actions, base: head.id, start });
    const { iid } = await gitlab.createMergeRequest(repo, request);
    expect(await decided(subject, iid)).toMatchObject({ conflict: true, empty: false });
  });

  it('that do not exist are missed', async () => {
    const { gitlab, repo } = subject;
    const missing = { code: 'merge_request_not_found', iid: 4_000 };
    await expect(gitlab.mergeRequest(repo, 4_000)).rejects.toMatchObject(missing);
    await expect(gitlab.updateMergeRequest(repo, 4_000, { title: 'x' })).rejects.toMatchObject(missing);
    await expect(gitlab.closeMergeRequest(repo, 4_000)).rejects.toMatchObject(missing);
  });

  describe('a branch that a commit creates', () => {
    it.each([
      ['a branch', (): CommitRequest['start'] => ({ branch: 'main' })],
      ['a commit', (head: string): CommitRequest['start'] => ({ commit: head })],
    ])('starts from %s', async (_name, startAt) => {
      const { gitlab, repo } = subject;
      const { head } = await gitlab.branch(repo.projectId, 'main');
      const made = await commitToWork(subject, 'notes/a.md', 'a\n', { start: startAt(head.id) });
      const work = await gitlab.branch(repo.projectId, WORK);
      expect(work).toMatchObject({ head: { id: made, parents: [head.id] }, protected: false, canPush: true });
      expect((await gitlab.branch(repo.projectId, 'main')).head.id).toBe(head.id);
    });

    it('is created once: the second commit is refused and changes nothing', async () => {
      const { gitlab, repo } = subject;
      const first = await commitToWork(subject, 'notes/a.md', 'a\n');
      const again = commitToWork(subject, 'notes/b.md', 'b\n');
      await expect(again).rejects.toMatchObject({ code: 'branch_exists', branch: WORK });
      expect((await gitlab.branch(repo.projectId, WORK)).head.id).toBe(first);
      const next = await commitToWork(subject, 'notes/b.md', 'b\n', {});
      expect((await gitlab.branch(repo.projectId, WORK)).head).toMatchObject({ id: next, parents: [first] });
    });

    it('needs a start that exists', async () => {
      const from = (start: CommitRequest['start']) => commitToWork(subject, 'a.md', 'a\n', { start });
      await expect(from({ branch: 'nowhere' })).rejects.toMatchObject({
        code: 'branch_not_found',
        branch: 'nowhere',
      });
      const commit = 'f'.repeat(40);
      await expect(from({ commit })).rejects.toMatchObject({ code: 'commit_unknown', commit });
    });

    it.each(['main/dot', 'main/dot/context'])('cannot be %s beside main', async (branch) => {
      const { gitlab, repo } = subject;
      const actions = [{ op: 'create' as const, path: 'a.md', content: Buffer.from('a\n') }];
      const commit = { message: 'x', author: null, actions, base: null, start: { branch: 'main' } };
      const made = gitlab.commit({ ...repo, branch }, commit);
      await expect(made).rejects.toMatchObject({ code: 'work_branch_name_taken', branch });
    });

    it('cannot be a part of the name of another', async () => {
      const { gitlab, repo } = subject;
      await commitToWork(subject, 'notes/a.md', 'a\n');
      const actions = [{ op: 'create' as const, path: 'a.md', content: Buffer.from('a\n') }];
      const commit = { message: 'x', author: null, actions, base: null, start: { branch: 'main' } };
      const made = gitlab.commit({ ...repo, branch: 'dot' }, commit);
      await expect(made).rejects.toMatchObject({ code: 'work_branch_name_taken', branch: 'dot' });
    });

    it('needs a name that git accepts', async () => {
      const { gitlab, repo } = subject;
      const actions = [{ op: 'create' as const, path: 'a.md', content: Buffer.from('a\n') }];
      const commit = { message: 'x', author: null, actions, base: null, start: { branch: 'main' } };
      const made = gitlab.commit({ ...repo, branch: 'dot/a..b' }, commit);
      await expect(made).rejects.toMatchObject({ code: 'work_branch_refused', branch: 'dot/a..b' });
    });
  });

  it('show how the project merges, and the role of the token', async () => {
    const project = await subject.gitlab.project(subject.repo.projectId);
    expect(project).toMatchObject({ mergeRequestsEnabled: true, mergeMethod: 'merge' });
    expect(project.squashOption).toMatch(/^(never|always|default_on|default_off)$/);
    expect(project.accessLevel).toBeGreaterThanOrEqual(40);
  });
}
