import { descriptionOf, inertBlock, inertCode, inertTitle, undraftedMessage } from '@app/gitlab';
import type { AdministeredSubject } from './gitlab/subject';
import { fakeInProcess } from './gitlab/fake-subject';
import { commitToWork, request } from './gitlab/merge-requests';

/** Names, messages and people by which an attacker would command GitLab with Dot's token. */
const HOSTILE = [
  '/close',
  ' /close',
  '\n/close\n',
  'x\n\n/target_branch release\n\ny',
  '```\n```\n/title pwned\n',
  '````\n/draft\n````\n\n/draft',
  '`\n/draft\n`',
  '~~~\n/label ~bug\n~~~\n/rebase',
  '</code></pre>\n\n/close\n\n<pre>',
  '\n\n> quote\n\n/reopen\n/approve',
  '- item\n\n/merge',
  '# heading\n/assign @all',
  '\r\n/close\r\n',
  '\u2028/close\u2029/close\v/close\f/close',
  '@all @ada @root',
  'Closes #1, fixes: #2 and resolves ada/docs#3',
  'closes https://gitlab.example.com/ada/docs/-/issues/4',
  'Implements PROJ-17',
  'Draft: mine',
  '[Draft] mine',
  '(draft) mine',
  'fixup! Write notes/a.md',
  'squash! it',
  '`@all`',
  '`` ` @all ``',
  '[a](b) @all ![c](d)',
  '<!-- \n/close\n-->\n/close',
  '&commat;all &#64;all',
];

describe('A text of a user in a merge request', () => {
  let subject: AdministeredSubject;
  beforeEach(async () => {
    subject = await fakeInProcess();
    subject.instance.git.createBranch(subject.repo.projectId, 'release', 'main');
  });
  afterEach(() => subject.dispose());

  const open = async (title: string, description: string, message = 'Write a.md') => {
    const { gitlab, repo, instance } = subject;
    await commitToWork(subject, 'notes/a.md', 'a\n', { message, start: { branch: 'main' } });
    const { iid } = await gitlab.createMergeRequest(repo, { ...request, title: 'Dot', description: 'x' });
    await gitlab.updateMergeRequest(repo, iid, { title, description });
    await commitToWork(subject, 'notes/b.md', 'b\n', { message });
    return instance.reviewer.find(repo.projectId, iid);
  };

  it.each(HOSTILE)('commands nothing: %j', async (text) => {
    const title = inertTitle(text);
    const description = descriptionOf([inertCode(text), inertBlock(text)], (left) => `${left} more`);
    const mr = await open(title, description, undraftedMessage(text));
    expect(mr).toMatchObject({ state: 'opened', target: 'main', title, description });
    expect([mr.executed, mr.mentioned]).toEqual([[], []]);
    expect(await subject.gitlab.mergeRequest(subject.repo, mr.iid)).toMatchObject({ draft: false });
  });

  it.each(HOSTILE)('closes no issue when it is merged: %j', async (text) => {
    const { instance, repo } = subject;
    const mr = await open(inertTitle(text), `${inertCode(text)}\n\n${inertBlock(text)}`);
    instance.reviewer.merge(repo.projectId, mr.iid);
    expect(instance.project(repo.projectId).closedIssues).toEqual([]);
  });

  it('would command GitLab as it is', async () => {
    const mr = await open(
      'Draft: ask @all',
      'Hello @ada\n/target_branch release\n\nCloses #1\n\n/label ~bug',
      'fixup! it',
    );
    expect(mr).toMatchObject({
      ...{ target: 'release', description: 'Hello @ada\n\nCloses #1' },
      ...{ executed: ['/target_branch', '/label'], mentioned: ['all', 'ada'] },
    });
    const { iid } = mr;
    expect(await subject.gitlab.mergeRequest(subject.repo, iid)).toMatchObject({ draft: true });
    subject.instance.reviewer.edit(subject.repo.projectId, { title: 'Now', target: 'main' }, iid);
    subject.instance.reviewer.merge(subject.repo.projectId, iid);
    expect(subject.instance.project(subject.repo.projectId).closedIssues).toEqual(['#1']);
  });
});
