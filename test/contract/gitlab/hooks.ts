import { randomBytes } from 'node:crypto';
import { filtersAsWanted } from '@app/gitlab';
import type { HookRequest } from '@app/gitlab';
import { Secret } from '@app/kernel';
import type { AdministeredSubject, Arrange, Subject } from './subject';

const NO_HOOK = 2_000_000_000;

/** Webhooks of a project (docs/gitlab-api.md#manage-hooks). */
export function describeHooks(arrange: Arrange): void {
  let subject: Subject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  it('are created, found, changed and deleted', async () => {
    const { gitlab, repo } = subject;
    const made = await gitlab.createHook(repo.projectId, request());
    expect(made).toMatchObject({ url: request().url, pushEvents: true, branchFilter: 'main' });
    expect(made).toMatchObject({ alertStatus: 'executable', disabledUntil: null });
    expect(made).toMatchObject({ mergeRequestEvents: false, verifiesTls: true });
    expect(filtersAsWanted(made, ['main'])).toBe(true);
    expect(await gitlab.hook(repo.projectId, made.id)).toEqual(made);
    expect(await gitlab.listHooks(repo.projectId)).toEqual([made]);
    const url = 'https://dot.example.com/moved';
    const changed = await gitlab.updateHook(repo.projectId, made.id, {
      ...request(),
      ...{ url, branches: ['docs/x'], verifyTls: false },
    });
    expect(changed).toMatchObject({ id: made.id, url, branchFilter: 'docs/x', verifiesTls: false });
    await gitlab.deleteHook(repo.projectId, made.id);
    expect(await gitlab.listHooks(repo.projectId)).toEqual([]);
  });

  it('deliver several branches, and merge requests', async () => {
    const { gitlab, repo } = subject;
    const wanted: HookRequest = {
      ...request(),
      branches: ['main', 'dot/a+b'],
      mergeRequestEvents: true,
    };
    const made = await gitlab.createHook(repo.projectId, wanted);
    expect(made.mergeRequestEvents).toBe(true);
    expect(filtersAsWanted(made, wanted.branches)).toBe(true);
    const narrow = await gitlab.updateHook(repo.projectId, made.id, request());
    expect(narrow.mergeRequestEvents).toBe(false);
    expect(filtersAsWanted(narrow, wanted.branches)).toBe(false);
    const wide = await gitlab.updateHook(repo.projectId, made.id, wanted);
    expect(wide).toEqual(made);
    expect(await gitlab.listHooks(repo.projectId)).toEqual([made]);
  });

  it('that are gone may be deleted again', async () => {
    await expect(subject.gitlab.deleteHook(subject.repo.projectId, NO_HOOK)).resolves.toBeUndefined();
  });

  it.each([
    ['looking', (s: Subject) => s.gitlab.hook(s.repo.projectId, NO_HOOK)],
    ['changing', (s: Subject) => s.gitlab.updateHook(s.repo.projectId, NO_HOOK, request())],
    ['testing', (s: Subject) => s.gitlab.testHook(s.repo.projectId, NO_HOOK)],
  ])('that are gone are missed by %s', async (_name, call) => {
    await expect(call(subject)).rejects.toMatchObject({ code: 'hook_not_found' });
  });

  it('must have a URL GitLab accepts', async () => {
    const refused = subject.gitlab.createHook(subject.repo.projectId, { ...request(), url: 'ftp://x' });
    await expect(refused).rejects.toMatchObject({ code: 'webhook_url_refused' });
  });
}

const BY_HAND = {
  branch_filter_strategy: 'all_branches',
  enable_ssl_verification: false,
  push_events: false,
  token: '',
  signing_token: '',
};

/** The same, after what people do to them on GitLab, with more than a hundred of them allowed. */
export function describeHooksByHand(arrange: Arrange<AdministeredSubject>, tellsSecrets: boolean): void {
  let subject: AdministeredSubject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  it('show changes made by hand, and an update corrects them', async () => {
    const { gitlab, instance, repo } = subject;
    const made = await gitlab.createHook(repo.projectId, request());
    const present = tellsSecrets || null;
    expect(made).toMatchObject({ tokenPresent: present, signingTokenPresent: present });
    instance.hooks.update(instance.project(repo.projectId), made.id, BY_HAND);
    const absent = tellsSecrets ? false : null;
    expect(await gitlab.hook(repo.projectId, made.id)).toEqual({
      ...made,
      ...{ branchFilterStrategy: 'all_branches', verifiesTls: false, pushEvents: false },
      ...{ tokenPresent: absent, signingTokenPresent: absent },
    });
    expect(await gitlab.updateHook(repo.projectId, made.id, request())).toEqual(made);
  });

  it('are all listed, however many there are', async () => {
    const { gitlab, instance, repo } = subject;
    const project = instance.project(repo.projectId);
    for (let n = 0; n < 201; n++) instance.hooks.create(project, { url: `https://ci.example.com/${n}` });
    const ours = await gitlab.createHook(repo.projectId, request());
    const hooks = await gitlab.listHooks(repo.projectId);
    expect(new Set(hooks.map(({ id }) => id)).size).toBe(202);
    expect(hooks).toContainEqual(ours);
  });
}

export function request(): HookRequest {
  return {
    url: 'https://dot.example.com/webhooks/gitlab/1',
    token: new Secret('a secret token'),
    signingToken: new Secret(`whsec_${randomBytes(32).toString('base64')}`),
    branches: ['main'],
    mergeRequestEvents: false,
    verifyTls: true,
  };
}
