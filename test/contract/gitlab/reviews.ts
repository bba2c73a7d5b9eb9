import { commitToWork, decided, propose, request, WORK } from './merge-requests';
import type { AdministeredSubject, Arrange } from './subject';

/** Describes what people do with merge requests, and how the port shows it. */
export function describeReviews(arrange: Arrange<AdministeredSubject>): void {
  let subject: AdministeredSubject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  const headOf = async (branch: string) =>
    (await subject.gitlab.branch(subject.repo.projectId, branch)).head.id;
  const ancestryOf = (commit: string) =>
    subject.instance.git.log(subject.repo.projectId, commit).map(({ id }) => id);
  const textOn = (branch: string, path: string) =>
    subject.instance.git.read(subject.repo.projectId, branch, path)?.toString() ?? null;

  describe('a merge', () => {
    /** Merges two commits of the work branch into a main that has moved, if the method allows it. */
    async function merged(
      method: 'merge' | 'rebase_merge' | 'ff',
      squash: boolean,
      behind: boolean,
    ): Promise<{ source: string; iid: number }> {
      const { gitlab, instance, repo } = subject;
      instance.setMerging(repo.projectId, { mergeMethod: method, automaticRebase: behind });
      await commitToWork(subject, 'notes/a.md', 'a\n');
      const source = await commitToWork(subject, 'notes/b.md', 'b\n', {});
      const { iid } = await gitlab.createMergeRequest(repo, { ...request, squash });
      if (behind) await subject.push({ files: { 'other.md': 'other\n' } });
      instance.reviewer.merge(repo.projectId, iid);
      return { source, iid };
    }

    it.each([
      ['merge', false, false, { merge: true, squash: false, ancestor: true }],
      ['merge', false, true, { merge: true, squash: false, ancestor: true }],
      ['merge', true, false, { merge: true, squash: true, ancestor: false }],
      ['rebase_merge', false, false, { merge: true, squash: false, ancestor: true }],
      ['rebase_merge', true, false, { merge: true, squash: true, ancestor: false }],
      ['rebase_merge', false, true, { merge: true, squash: false, ancestor: false }],
      ['ff', false, false, { merge: false, squash: false, ancestor: true }],
      ['ff', true, false, { merge: false, squash: true, ancestor: false }],
      ['ff', false, true, { merge: false, squash: false, ancestor: false }],
      ['ff', true, true, { merge: false, squash: true, ancestor: false }],
    ] as const)('by %s, squashed %s, behind %s', async (method, squash, behind, expected) => {
      const { gitlab, repo } = subject;
      const { source, iid } = await merged(method, squash, behind);
      const mr = await gitlab.mergeRequest(repo, iid);
      expect(mr).toMatchObject({ state: 'merged', mergedAt: expect.any(Date) });
      expect({
        merge: mr.mergeCommit !== null,
        squash: mr.squashCommit !== null,
        ancestor: ancestryOf('main').includes(source),
      }).toEqual(expected);
      expect([textOn('main', 'notes/a.md'), textOn('main', 'notes/b.md')]).toEqual(['a\n', 'b\n']);
      if (behind) expect(textOn('main', 'other.md')).toBe('other\n');
      await expect(gitlab.branch(repo.projectId, WORK)).rejects.toMatchObject({ code: 'branch_not_found' });
    });

    it('by hand is noticed if the target contains the head', async () => {
      const { gitlab, instance, repo } = subject;
      const { iid } = await propose(subject);
      const source = await headOf(WORK);
      instance.reviewer.mergeByHand(repo.projectId, 'fast-forward', { iid });
      const mr = await gitlab.mergeRequest(repo, iid);
      expect(mr).toMatchObject({ state: 'merged', mergeCommit: source, squashCommit: null });
      expect(await headOf(WORK)).toBe(source);
    });

    it.each(['squash', 'rebase'] as const)('by hand with %s is not noticed', async (how) => {
      const { gitlab, instance, repo } = subject;
      const { iid } = await propose(subject);
      await subject.push({ files: { 'other.md': 'other\n' } });
      instance.reviewer.mergeByHand(repo.projectId, how, { iid });
      expect(textOn('main', 'notes/a.md')).toBe('a\n');
      expect(await decided(subject, iid)).toMatchObject({ state: 'opened', mergedAt: null });
      expect(await gitlab.findMergeRequests(repo, { source: WORK, state: 'merged' })).toEqual([]);
    });

    it('leaves out a commit that came after the computed difference, and keeps the branch', async () => {
      const { gitlab, instance, repo } = subject;
      const { iid } = await propose(subject);
      await decided(subject, iid);
      instance.jobs.hold();
      const late = await commitToWork(subject, 'notes/late.md', 'late\n', {});
      expect((await gitlab.mergeRequest(repo, iid)).head).not.toBe(late);
      instance.reviewer.merge(repo.projectId, iid);
      instance.jobs.release();
      expect(textOn('main', 'notes/a.md')).toBe('a\n');
      expect(textOn('main', 'notes/late.md')).toBeNull();
      expect(await gitlab.mergeRequest(repo, iid)).toMatchObject({ state: 'merged' });
      expect(await headOf(WORK)).toBe(late);
    });

    it('keeps a branch without a request to remove it', async () => {
      const { instance, repo } = subject;
      const { iid } = await propose(subject, { removeSourceBranch: false });
      const source = await headOf(WORK);
      instance.reviewer.merge(repo.projectId, iid);
      expect(await headOf(WORK)).toBe(source);
    });
  });

  it('show a person who closed it, and that it was opened again', async () => {
    const { gitlab, instance, repo } = subject;
    const { iid } = await propose(subject);
    instance.reviewer.close(repo.projectId, iid);
    const closed = await gitlab.mergeRequest(repo, iid);
    expect(closed).toMatchObject({ state: 'closed', closedBy: { username: 'reviewer' } });
    instance.reviewer.reopen(repo.projectId, iid);
    expect(await gitlab.mergeRequest(repo, iid)).toMatchObject({ state: 'opened', closedBy: null });
  });

  it('are closed when their branch is deleted, and stay closed when it is created again', async () => {
    const { gitlab, instance, repo } = subject;
    const { iid } = await propose(subject);
    instance.reviewer.deleteSourceBranch(repo.projectId, iid);
    expect(await gitlab.mergeRequest(repo, iid)).toMatchObject({ state: 'closed', mergedAt: null });
    await commitToWork(subject, 'notes/a.md', 'a\n');
    expect(await gitlab.mergeRequest(repo, iid)).toMatchObject({ state: 'closed' });
    const next = await gitlab.createMergeRequest(repo, request);
    expect(next.iid).toBeGreaterThan(iid);
  });

  it('show a changed target and title', async () => {
    const { gitlab, instance, repo } = subject;
    const { iid } = await propose(subject);
    instance.git.createBranch(repo.projectId, 'release', 'main');
    instance.reviewer.edit(repo.projectId, { target: 'release', title: 'Draft: mine' }, iid);
    expect(await gitlab.mergeRequest(repo, iid)).toMatchObject({
      ...{ target: 'release', title: 'Draft: mine', draft: true },
    });
  });

  it('become drafts by a commit that asks for it', async () => {
    const { gitlab, instance, repo } = subject;
    const { iid } = await propose(subject);
    instance.reviewer.commit(repo.projectId, { 'notes/a.md': 'b\n' }, { iid, message: 'fixup! Write a.md' });
    const mr = await gitlab.mergeRequest(repo, iid);
    expect(mr).toMatchObject({ draft: true, title: `Draft: ${request.title}` });
    expect(() => instance.reviewer.merge(repo.projectId, iid)).toThrow('405');
  });

  it('take the commits of reviewers, and a rebase that rewrites them', async () => {
    const { gitlab, instance, repo } = subject;
    const { iid } = await propose(subject);
    const first = await headOf(WORK);
    const suggested = instance.reviewer.commit(repo.projectId, { 'notes/a.md': 'better\n' }, { iid });
    expect(await gitlab.mergeRequest(repo, iid)).toMatchObject({ head: suggested, state: 'opened' });
    const main = await subject.push({ files: { 'other.md': 'other\n' } });
    instance.reviewer.rebase(repo.projectId, iid);
    const rebased = await headOf(WORK);
    expect(ancestryOf(rebased)).toContain(main);
    expect(ancestryOf(rebased)).not.toContain(first);
    expect([textOn(WORK, 'notes/a.md'), textOn(WORK, 'other.md')]).toEqual(['better\n', 'other\n']);
    const { author } = await gitlab.commitById(repo, rebased);
    expect(author.name).toBe('Reviewer');
    expect(await gitlab.mergeRequest(repo, iid)).toMatchObject({ head: rebased, state: 'opened' });
  });

  it('lose a conflict that a reviewer resolves', async () => {
    const { gitlab, instance, repo } = subject;
    const { head } = await gitlab.branch(repo.projectId, 'main');
    const actions = [{ op: 'update' as const, path: 'README.md', content: Buffer.from('# Ours\n') }];
    const commit = { message: 'Ours', author: null, actions, base: head.id, start: { branch: 'main' } };
    await gitlab.commit({ ...repo, branch: WORK }, commit);
    const { iid } = await gitlab.createMergeRequest(repo, request);
    await subject.push({ files: { 'README.md': '# Theirs\n' } });
    expect(await decided(subject, iid)).toMatchObject({ conflict: true, mergeStatus: 'conflict' });
    const resolved = instance.reviewer.resolveConflicts(repo.projectId, { 'README.md': '# Both\n' }, iid);
    expect((await gitlab.commitById(repo, resolved)).parents).toHaveLength(2);
    expect(await decided(subject, iid)).toMatchObject({ conflict: false, head: resolved });
    instance.reviewer.merge(repo.projectId, iid);
    expect(textOn('main', 'README.md')).toBe('# Both\n');
  });

  it('do not confuse a fork that has a branch of the same name', async () => {
    const { gitlab, instance, repo } = subject;
    const fork = instance.givenFork(repo.projectId, 'stranger/docs');
    for (let n = 0; n < 3; n++) {
      instance.git.push(fork, WORK, { files: { [`theirs-${n}.md`]: 'x\n' } });
      const theirs = instance.reviewer.open(fork, WORK, 'main', { into: repo.projectId });
      expect(await gitlab.findMergeRequests(repo, { source: WORK })).toEqual([]);
      instance.reviewer.close(repo.projectId, theirs.iid);
    }
    const { iid } = await propose(subject);
    const found = await gitlab.findMergeRequests(repo, { source: WORK });
    expect(found.map((mr) => mr.iid)).toEqual([iid]);
  });

  it('can be two if two creations meet', async () => {
    const { gitlab, instance, repo } = subject;
    await commitToWork(subject, 'notes/a.md', 'a\n');
    let meeting: Promise<unknown> | undefined;
    instance.calls.between = async ({ operation }) => {
      if (operation !== 'createMergeRequest' || meeting) return;
      meeting = gitlab.createMergeRequest(repo, request);
      await meeting;
    };
    await gitlab.createMergeRequest(repo, request);
    const open = await gitlab.findMergeRequests(repo, { source: WORK, state: 'opened' });
    expect(open.map(({ iid }) => iid)).toEqual([2, 1]);
  });

  it('exist although the answer was lost', async () => {
    const { gitlab, instance, repo } = subject;
    await commitToWork(subject, 'notes/a.md', 'a\n');
    instance.calls.faults.add({ fault: { kind: 'answer-lost' }, on: 'createMergeRequest' });
    const lost = gitlab.createMergeRequest(repo, request);
    await expect(lost).rejects.toMatchObject({ code: 'gitlab_unavailable', outcomeUnknown: true });
    expect(await gitlab.findMergeRequests(repo, { source: WORK })).toHaveLength(1);
  });

  it('are refused if they are switched off, or the project is archived', async () => {
    const { gitlab, instance, repo } = subject;
    const { iid } = await propose(subject);
    instance.setMerging(repo.projectId, { mergeRequestsEnabled: false });
    const disabled = { code: 'merge_requests_disabled' };
    await expect(gitlab.createMergeRequest(repo, request)).rejects.toMatchObject(disabled);
    await expect(gitlab.findMergeRequests(repo, { source: WORK })).rejects.toMatchObject(disabled);
    expect(await gitlab.project(repo.projectId)).toMatchObject({ mergeRequestsEnabled: false });
    instance.setMerging(repo.projectId, { mergeRequestsEnabled: true });
    instance.archive(repo.projectId);
    const archived = { code: 'project_archived' };
    await expect(gitlab.createMergeRequest(repo, request)).rejects.toMatchObject(archived);
    await expect(gitlab.closeMergeRequest(repo, iid)).rejects.toMatchObject(archived);
  });

  it('are refused to a role below Developer', async () => {
    const { instance, open, repo } = subject;
    await commitToWork(subject, 'notes/a.md', 'a\n');
    instance.givenMember(repo.projectId, 'rita', 20);
    const gitlab = open(instance.givenToken('rita').value);
    const refused = gitlab.createMergeRequest(repo, request);
    await expect(refused).rejects.toMatchObject({ code: 'gitlab_refused', status: 403 });
    expect(await gitlab.project(repo.projectId)).toMatchObject({ accessLevel: 20 });
  });

  it('show the rules that match a name, which no branch has yet', async () => {
    const { gitlab, instance, open, repo } = subject;
    instance.protect(repo.projectId, 'dot/*');
    instance.protect(repo.projectId, '*/context', 0);
    instance.protect(repo.projectId, 'release');
    expect(await gitlab.protectionsOf(repo.projectId, WORK)).toEqual([
      { pattern: 'dot/*', pushLevel: 40, allowsForcePush: false },
      { pattern: '*/context', pushLevel: null, allowsForcePush: false },
    ]);
    expect(await gitlab.protectionsOf(repo.projectId, 'dot')).toEqual([]);
    instance.givenMember(repo.projectId, 'dora', 30);
    const developer = open(instance.givenToken('dora').value);
    expect(await developer.protectionsOf(repo.projectId, WORK)).toBeNull();
    const created = commitToWork({ gitlab: developer, repo }, 'a.md', 'a\n');
    await expect(created).rejects.toMatchObject({ code: 'branch_protected' });
  });

  it('need a branch name that the push rules allow', async () => {
    const { instance, repo } = subject;
    instance.setPushRules(repo.projectId, { branchNamePattern: /^feature\// });
    const refused = { code: 'work_branch_refused', branch: WORK };
    await expect(commitToWork(subject, 'a.md', 'a\n')).rejects.toMatchObject(refused);
    await expect(subject.gitlab.branch(repo.projectId, WORK)).rejects.toMatchObject({
      code: 'branch_not_found',
    });
  });

  it('fire hooks for every step, the open one only when the difference exists', async () => {
    const { gitlab, instance, repo } = subject;
    const project = instance.project(repo.projectId);
    instance.deliveries.sendWith(null);
    const events = () =>
      instance.deliveries.queued.splice(0).map(({ headers, body }) => {
        const { object_attributes: about, ref, after } = JSON.parse(body);
        const what = about ? `${about.action} !${about.iid}` : `${ref} ${/^0+$/.test(after) ? 'gone' : ''}`;
        return `${headers['X-Gitlab-Event']}: ${what.trim()}`;
      });
    instance.hooks.create(project, {
      url: 'https://dot.example.com/hook',
      merge_requests_events: true,
      push_events_branch_filter: '^(main|dot/context)$',
      branch_filter_strategy: 'regex',
    });
    instance.jobs.hold();
    const { iid } = await propose(subject);
    expect(events()).toEqual(['Push Hook: refs/heads/dot/context']);
    instance.jobs.release();
    expect(events()).toEqual(['Merge Request Hook: open !1']);
    await commitToWork(subject, 'notes/b.md', 'b\n', {});
    expect(events()).toEqual(['Push Hook: refs/heads/dot/context', 'Merge Request Hook: update !1']);
    await gitlab.updateMergeRequest(repo, iid, { title: request.title });
    expect(events()).toEqual(['Merge Request Hook: update !1']);
    instance.reviewer.merge(repo.projectId, iid);
    expect(events()).toEqual([
      'Push Hook: refs/heads/main',
      'Merge Request Hook: merge !1',
      'Push Hook: refs/heads/dot/context gone',
    ]);
  });
}
