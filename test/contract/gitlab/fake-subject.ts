import { orgId, Secret, SystemClock } from '@app/kernel';
import { HttpGitLabConnector } from '@app/gitlab';
import type { GitLabConnector, Repo } from '@app/gitlab';
import { FakeGitLabConnector, FakeGitLabInstance, startFakeGitLabServer } from '@app/fake-gitlab';
import type { FakeGitLabOptions } from '@app/fake-gitlab';
import type { AdministeredSubject } from './subject';

const ACME = orgId('acme');

/** The fake, called directly. */
export async function fakeInProcess(options: FakeGitLabOptions = {}): Promise<AdministeredSubject> {
  const instance = new FakeGitLabInstance({ clock: new SystemClock(), ...options });
  return subjectOf(instance, new FakeGitLabConnector(instance), async () => undefined);
}

/** The real adapter, talking to the fake over a socket. */
export async function fakeOverHttp(
  options: FakeGitLabOptions = {},
  basePath = '',
): Promise<AdministeredSubject> {
  const instance = new FakeGitLabInstance({ clock: new SystemClock(), ...options });
  const server = await startFakeGitLabServer(instance, { basePath });
  const connector = new HttpGitLabConnector({ allowPrivate: ['127.0.0.1'], retries: { firstPauseMs: 1 } });
  return subjectOf(instance, connector, () => server.close());
}

function subjectOf(
  instance: FakeGitLabInstance,
  connector: GitLabConnector,
  dispose: () => Promise<void>,
): AdministeredSubject {
  const token = instance.givenToken('ada').value;
  const docs = instance.givenProject('ada/docs', { files: { 'README.md': '# Docs\n' } });
  const empty = instance.givenProject('ada/empty');
  const open: AdministeredSubject['open'] = (value, options) =>
    connector.open({ instanceUrl: instance.url, token: new Secret(value), org: ACME }, options);
  const repoOf = (projectId: number, pathWithNamespace: string): Repo => ({
    projectId,
    pathWithNamespace,
    branch: 'main',
  });
  return {
    instance,
    open,
    gitlab: open(token),
    repo: repoOf(docs.id, 'ada/docs'),
    emptyRepo: repoOf(empty.id, 'ada/empty'),
    push: async (change) => instance.git.push(docs, 'main', change),
    reset: async (commit) => instance.git.reset(docs, 'main', commit),
    dispose,
  };
}
