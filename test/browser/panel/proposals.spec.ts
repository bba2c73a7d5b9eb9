import type { Page } from 'playwright-core';
import { describeWithBrowser, eventually } from '../../support/browser';
import type { Client } from '../../support/service';
import { focused } from './in-page';
import { pressKey } from './keyboard';
import { ServicePage } from './service-page';

const PROJECT = 'ada/context';

/** A merge request from the refused push to the merge, and two that are closed, with the running service. */
describeWithBrowser('Merge requests on the settings page, with the service', () => {
  let opened: ServicePage;
  let page: Page;
  let admin: Client;
  let shows: ServicePage['shows'];
  let pill: ServicePage['pill'];

  beforeAll(async () => {
    opened = await ServicePage.open(async ({ gitlab }, admin) => {
      const files = { 'notes/a.md': 'a\n', 'notes/b.md': 'b\n' };
      const { id: projectId } = gitlab.givenProject(PROJECT, { files });
      const connection = { token: gitlab.givenToken('ada').value, instanceUrl: gitlab.url };
      await admin.put('gitlab/connection', connection).expect(200);
      await admin.put('gitlab/project', { projectId, quietSeconds: 0 }).expect(200);
      await admin.settled();
      await admin.post('gitlab/webhook/register').expect(200);
      await admin.patch('gitlab/project', { autoSync: true }).expect(200);
      gitlab.protect(PROJECT, 'main', 0, 40);
    });
    ({ page, admin, shows, pill } = opened);
    await pill('In sync');
  });
  afterAll(() => opened?.close());

  const gitlab = () => opened.service.gitlab;
  const textOn = (branch: string, path: string) => gitlab().git.read(PROJECT, branch, path)?.toString();
  const textInDot = async (path: string) => (await admin.get(`context/files/${path}`)).text;
  const write = (path: string, text: string) =>
    admin.put(`context/files/${path}`, text).expect((answer) => expect(answer.ok).toBe(true));
  const banner = () => page.getByRole('region', { name: 'The merge request was closed' });

  it('opens one by one press, after protection refused a push', async () => {
    await write('notes/a.md', 'a1\n');
    await shows('GitLab refused the push:');
    await pill('Push stopped');
    await pressKey(page, 'Propose by merge request');
    await pill('1 change proposed');
    await shows('!1 Update 1 context file from Dot');
    await shows('Waits to be merged into');
    const link = page.getByRole('link', { name: '1 change proposed' });
    await eventually(link).toHaveAttribute('href', `${gitlab().url}/ada/context/-/merge_requests/1`);
    expect([textOn('main', 'notes/a.md'), textOn('dot/context', 'notes/a.md')]).toEqual(['a\n', 'a1\n']);
  });

  it('takes the edit of a reviewer, and counts its file', async () => {
    gitlab().reviewer.commit(PROJECT, { 'notes/b.md': 'b, reviewed\n' });
    await pill('2 changes proposed');
    await eventually.poll(() => textInDot('notes/b.md')).toBe('b, reviewed\n');
    await page.getByRole('button', { name: 'All files' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Show').selectOption('Proposed (2)');
    await page.locator('.files .state').nth(1).waitFor();
    await page.keyboard.press('Escape');
  });

  it('is in sync once it is merged', async () => {
    gitlab().reviewer.merge(PROJECT);
    await pill('In sync');
    await shows('Merged into');
    expect([textOn('main', 'notes/a.md'), textOn('main', 'notes/b.md')]).toEqual(['a1\n', 'b, reviewed\n']);
  });

  it('asks an admin after a person closed it, and proposes again', async () => {
    await write('notes/a.md', 'a2\n');
    await pill('1 change proposed');
    gitlab().reviewer.close(PROJECT);
    await banner().getByText('was not merged').waitFor();
    await pill('Waiting for you');
    await pressKey(page, 'Propose again');
    await pill('1 change proposed');
    await banner().waitFor({ state: 'detached' });
    await shows('Proposed again');
    expect(gitlab().reviewer.find(PROJECT).state).toBe('opened');
  });

  it('shows a conflict that GitLab found', async () => {
    gitlab().git.push(PROJECT, 'main', { files: { 'other/x.txt': 'x\n' }, message: 'Outside' });
    gitlab().reviewer.commit(PROJECT, { 'other/x.txt': 'another x\n' });
    gitlab().mergeRequests.recheck(gitlab().reviewer.find(PROJECT));
    gitlab().jobs.settle();
    await page.getByRole('button', { name: 'Pull from GitLab' }).focus();
    await page.keyboard.press('Enter');
    await shows('GitLab can merge it once the conflict is resolved there.');
  });

  it('discards the changes after its branch was deleted, which an undo reverts', async () => {
    gitlab().reviewer.deleteSourceBranch(PROJECT);
    await banner().getByText('was deleted').waitFor();
    await pressKey(page, 'Discard…');
    await shows('Discard 1 change?');
    await eventually.poll(() => focused(page)).toBe('Keep them');
    await pressKey(page, 'Discard 1 change');
    await pill('In sync');
    await eventually.poll(() => textInDot('notes/a.md')).toBe('a1\n');
    await page.getByRole('button', { name: 'Discarded 1 change' }).click();
    await page.getByRole('button', { name: 'Undo this sync…' }).click();
    await page.getByRole('button', { name: 'Undo 1 file' }).click();
    await pill('1 change proposed');
    await eventually.poll(() => textInDot('notes/a.md')).toBe('a2\n');
  });

  it('stops pushes while it leads to another branch, and names it', async () => {
    gitlab().git.createBranch(PROJECT, 'next', 'main');
    gitlab().reviewer.edit(PROJECT, { target: 'next' });
    await shows('Targets a branch other than');
    await write('notes/b.md', 'b2\n');
    const stop = page.getByRole('region', { name: 'The merge request targets another branch' });
    await stop.waitFor();
    expect(await stop.getByRole('link').getAttribute('href')).toContain('/-/merge_requests/');
    gitlab().reviewer.edit(PROJECT, { target: 'main' });
    await pressKey(page, 'Try again');
    await pill('2 changes proposed');
    expect(opened.panel.complaints).toEqual([]);
  });
});
