import type { CommitStatus } from '@app/gitlab';
import { NOWHERE, type AdministeredSubject, type Arrange, type Subject } from './subject';

const status = (more: Partial<CommitStatus> = {}): CommitStatus => ({
  ...{ state: 'success', name: 'dot/context', description: '12 files taken' },
  ...more,
});

/** Statuses of commits (docs/gitlab-api.md#post-a-status). */
export function describeCommitStatuses(arrange: Arrange): void {
  let subject: Subject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  it('are accepted again after a final one, with another result', async () => {
    const { gitlab, repo } = subject;
    const commit = await subject.push({ files: { 'notes/a.md': 'a' } });
    await gitlab.setCommitStatus(repo, commit, status({ targetUrl: 'https://dot.example.com/panel?run=1' }));
    await expect(gitlab.setCommitStatus(repo, commit, status({ state: 'failed' }))).resolves.toBeUndefined();
  });

  it('are not accepted for a commit that is not there', async () => {
    const refused = subject.gitlab.setCommitStatus(subject.repo, NOWHERE, status());
    await expect(refused).rejects.toMatchObject({ code: 'commit_unknown' });
  });

  it.each<[string, Partial<CommitStatus>]>([
    ['a description of 256 characters', { description: 'x'.repeat(256) }],
    ['a URL of another scheme', { targetUrl: 'ftp://dot.example.com' }],
  ])('are refused with %s', async (_, more) => {
    const commit = await subject.push({ files: { 'notes/a.md': 'a' } });
    const refused = subject.gitlab.setCommitStatus(subject.repo, commit, status(more));
    await expect(refused).rejects.toMatchObject({ code: 'gitlab_refused', status: 400 });
  });

  it('are accepted with a description of 255 characters', async () => {
    const commit = await subject.push({ files: { 'notes/a.md': 'a' } });
    const longest = status({ description: 'x'.repeat(255) });
    await expect(subject.gitlab.setCommitStatus(subject.repo, commit, longest)).resolves.toBeUndefined();
  });
}

/** Describes the rights to post statuses, and which statuses follow each other (docs/gitlab-api.md#status-transitions). */
export function describeStatusRights(arrange: Arrange<AdministeredSubject>): void {
  let subject: AdministeredSubject;
  let commit: string;
  beforeEach(async () => {
    subject = await arrange();
    commit = await subject.push({ files: { 'notes/a.md': 'a' } });
  });
  afterEach(() => subject.dispose());

  const project = () => subject.instance.project(subject.repo.projectId);
  const posted = (options?: { all: boolean }) =>
    subject.instance.commitStatuses
      .of(project(), commit, options)
      .map(({ ref, name, state, description, targetUrl }) => ({ ref, name, state, description, targetUrl }));

  it('stores the status on the branch', async () => {
    await subject.gitlab.setCommitStatus(
      subject.repo,
      commit,
      status({ targetUrl: 'https://dot.example.com' }),
    );
    expect(posted()).toEqual([
      {
        ...{ ref: 'main', name: 'dot/context', state: 'success', description: '12 files taken' },
        targetUrl: 'https://dot.example.com',
      },
    ]);
  });

  it('keeps older ones behind the newest of the same name', async () => {
    await subject.gitlab.setCommitStatus(subject.repo, commit, status());
    await subject.gitlab.setCommitStatus(subject.repo, commit, status({ state: 'failed' }));
    expect(posted().map(({ state }) => state)).toEqual(['failed']);
    expect(posted({ all: true }).map(({ state }) => state)).toEqual(['success', 'failed']);
  });

  const refusals: [string, () => void][] = [
    ['of a developer on a protected branch', () => protect(40)],
    ['of anyone on a branch that nobody may push to', () => protect(0)],
    ['in an archived project', () => void (project().archived = true)],
  ];
  const protect = (pushLevel: 0 | 40) =>
    void (project().protections = [{ name: 'main', pushLevel, mergeLevel: 40, allowForcePush: false }]);
  it.each(refusals)('refuses one %s', async (_, given) => {
    const { instance, repo } = subject;
    const bob = instance.givenUser('bob');
    instance.givenMember(repo.projectId, bob, 30);
    given();
    const gitlab = subject.open(instance.givenToken(bob).value);
    const refused = gitlab.setCommitStatus(repo, commit, status());
    await expect(refused).rejects.toMatchObject({ code: 'gitlab_refused', status: 403 });
    expect(posted()).toEqual([]);
  });

  it('refuses one of a reporter', async () => {
    const { instance, repo } = subject;
    const bob = instance.givenUser('bob');
    instance.givenMember(repo.projectId, bob, 20);
    const refused = subject.open(instance.givenToken(bob).value).setCommitStatus(repo, commit, status());
    await expect(refused).rejects.toMatchObject({ code: 'gitlab_refused', status: 403 });
  });

  it('asks a fine-grained token for its permission', async () => {
    const { instance, repo } = subject;
    const { value } = instance.givenToken('ada', { permissions: ['create_commit'] });
    const refused = subject.open(value).setCommitStatus(repo, commit, status());
    await expect(refused).rejects.toMatchObject({ code: 'token_scope_missing' });
  });

  it('asks to come back while another update of the commit runs', async () => {
    const unlock = subject.instance.commitStatuses.lock(commit);
    const refused = subject.gitlab.setCommitStatus(subject.repo, commit, status());
    await expect(refused).rejects.toMatchObject({ code: 'gitlab_unavailable' });
    unlock();
    await subject.gitlab.setCommitStatus(subject.repo, commit, status());
    expect(posted()).toHaveLength(1);
  });
}
