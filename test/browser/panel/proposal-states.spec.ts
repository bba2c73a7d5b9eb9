import type { Page } from 'playwright-core';
import { describeWithBrowser, eventually } from '../../support/browser';
import type { FakeDot } from './fake-dot';
import { focused } from './in-page';
import { pressKey } from './keyboard';
import type { Role } from './panel-page';
import { closed, proposes } from './proposal-scenes';
import { file, project } from './stage';
import { StagedPage } from './staged-page';

const REQUEST = 'https://gitlab.com/acme/context/-/merge_requests/7';

/** Shows the merge request to people, and lets admins decide about it by keyboard. */
describeWithBrowser('The merge request on the settings page', () => {
  const staged = new StagedPage();
  const { set, shows, pill } = staged;
  let dot: FakeDot;
  let page: Page;

  beforeAll(() => staged.launch());
  afterAll(() => staged.close());
  beforeEach(async () => {
    dot = await staged.begin();
  });
  afterEach(() => staged.end());

  const open = async (role?: Role) => {
    page = await staged.open({ role });
    await pill();
  };
  const line = () => page.locator('section', { has: page.locator('.rail') }).locator('.lines');
  const hrefs = (name: string) =>
    page
      .getByRole('link', { name })
      .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href));
  const buttons = () => page.getByRole('button').allTextContents();

  it.each<[string, string, string]>([
    ['proposed', '3 changes proposed', 'Waits to be merged into main.'],
    ['proposed-conflict', '3 changes proposed', 'Conflicts with main: GitLab can merge it once'],
    ['proposed-merged', 'In sync', 'Merged into main. The next push opens another one.'],
    ['proposed-closed', 'Waiting for you', 'Closed without a merge.'],
    ['proposed-branch-deleted', 'Waiting for you', 'Closed, because its branch was deleted.'],
    ['proposed-retargeted', 'Push stopped', 'Targets a branch other than main.'],
  ])('is one line with a link to GitLab: %s', async (scene, state, says) => {
    set(scene);
    await open();
    await pill(state);
    await eventually(line()).toContainText(`!7 Update 3 context files from Dot ${says}`);
    expect(new Set(await hrefs('!7 Update 3 context files from Dot'))).toEqual(new Set([REQUEST]));
  });

  it('is text only if its address is not on the connected GitLab', async () => {
    proposes(dot, { webUrl: 'https://elsewhere.example/-/merge_requests/7' });
    await open();
    await shows('!7 Update 3 context files from Dot');
    expect(await hrefs('!7')).toEqual([]);
    expect(await hrefs('3 changes proposed')).toEqual([]);
  });

  it('shows markup in its title as text', async () => {
    proposes(dot, { title: '<img src=x onerror=alert(1)> **a** `b` [c]' });
    await open();
    await shows('!7 <img src=x onerror=alert(1)> **a** `b` [c]');
  });

  it('follows the state as it changes, without a press', async () => {
    proposes(dot);
    await open();
    await pill('3 changes proposed');
    closed(dot);
    await page.getByRole('region', { name: 'The merge request was closed' }).waitFor();
  });

  it('is proposed again by one press, also by keyboard', async () => {
    set('proposed-closed');
    await open();
    await pressKey(page, 'Propose again');
    await pill('3 changes proposed');
    await page.getByRole('region', { name: 'The merge request was closed' }).waitFor({ state: 'detached' });
    expect(dot.acts).toEqual(['POST /gitlab/merge-request/propose']);
    await shows('Proposed again');
  });

  it('keeps the banner and says why if it cannot be proposed again', async () => {
    set('proposed-closed');
    dot.refusals.set('POST /gitlab/merge-request/propose', {
      status: 503,
      code: 'database_unavailable',
      detail: 'Dot cannot reach its database.',
    });
    await open();
    await page.getByRole('button', { name: 'Propose again' }).click();
    await shows("Dot couldn't do that just now.");
    await shows('Dot cannot reach its database.');
    dot.refusals.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await pill('3 changes proposed');
  });

  it('is discarded after a question that lists the files and the effects', async () => {
    set('proposed-closed');
    dot.files.push(file('notes/late.md', 'dot_ahead'));
    dot.change({ files: { ...dot.status.files, dotAhead: 1 } });
    await open();
    await pressKey(page, 'Discard…');
    const dialog = page.getByRole('dialog', { name: 'Discard 4 changes?' });
    await dialog.getByText('notes/late.md').waitFor();
    await eventually(dialog.locator('.paths li')).toHaveText([
      'data_sources/billing.yamlnew',
      'notes/churn.mdchanged',
      'reports/funnel.yamldeleted',
      'notes/late.mdchanged',
    ]);
    const text = await dialog.textContent();
    for (const sentence of [
      'Dot takes what main has for these 4 files, as one new change.',
      'New files are deleted in Dot.',
      'Edits that are not pushed yet are among them.',
      "Every version stays in Dot's history.",
    ])
      expect(text).toContain(sentence);
    await eventually.poll(() => focused(page)).toBe('Keep them');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually.poll(() => focused(page)).toBe('Discard…');
    expect(dot.acts).toEqual([]);
    await page.keyboard.press('Enter');
    await pressKey(page, 'Discard 4 changes');
    await pill('In sync');
    expect(dot.acts).toEqual(['POST /gitlab/merge-request/discard']);
  });

  it('is only discarded where pushes are direct by now: the next one commits the changes', async () => {
    set('proposed-closed');
    dot.change({ project: { ...dot.status.project!, publish: 'direct' } });
    await open();
    await shows('The next push commits them to');
    expect(await buttons()).toContain('Discard…');
    expect(await buttons()).not.toContain('Propose again');
  });

  it('gets files back that GitLab lost, as the question about them and Activity say', async () => {
    set('deletions');
    dot.change({ project: { ...dot.status.project!, publish: 'merge_request' } });
    await open();
    await page.getByRole('button', { name: 'Review the files…' }).click();
    await shows('If you put them back, the next push proposes them by merge request.');
    await pressKey(page, 'Put them back');
    await pill('In sync');
    await shows('Kept 86 files for a merge request');
  });

  it('closes that question if a colleague decides meanwhile', async () => {
    set('proposed-closed');
    await open();
    await page.getByRole('button', { name: 'Discard…' }).click();
    await page.getByRole('dialog').waitFor();
    dot.change({ health: 'ok', sync: { ...dot.status.sync, error: null } });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(dot.acts).toEqual([]);
  });

  it('answers a push that a closed merge request holds back', async () => {
    set('proposed-closed');
    await open();
    await page.getByRole('button', { name: 'Push to GitLab' }).click();
    await shows('Nothing to push. Propose the changes again, or discard them.');
  });

  it('answers a push and a pull without an effect, and a preview, while changes are proposed', async () => {
    proposes(dot);
    await open();
    await page.getByRole('button', { name: 'Push to GitLab' }).click();
    await shows('Nothing to push. Merge request !7 is up to date.');
    await page.getByRole('button', { name: 'Pull from GitLab' }).click();
    await shows('Nothing to pull.');
    await page.getByRole('button', { name: 'Preview' }).click();
    await shows('Nothing to sync. Merge request !7 has the changes of Dot.');
  });

  it('previews the obstacles that the plan names', async () => {
    proposes(dot);
    dot.plan = { ...dot.plan, warnings: ['A protection rule covers dot/*.'] };
    await open();
    await page.getByRole('button', { name: 'Preview' }).click();
    await shows('A protection rule covers dot/*.');
  });

  it('says of waiting changes how they get into it', async () => {
    set('proposed-to-push');
    await open();
    await pill('2 changes to push');
    await shows('A push adds them to merge request !7.');
    dot.change({ project: { ...dot.status.project!, mergeRequest: null } });
    await shows('A push opens a merge request with them.');
  });

  it('lists its files by their state', async () => {
    proposes(dot);
    await open();
    await page.getByRole('button', { name: 'All files' }).click();
    await page.getByLabel('Show').selectOption('Proposed (3)');
    await eventually(page.locator('.files .state')).toHaveText(Array(3).fill('Proposed'));
  });

  it('names no proposals where changes are pushed directly', async () => {
    await open();
    expect(await line().count()).toBe(0);
    await page.getByRole('button', { name: 'All files' }).click();
    await page.getByLabel('Show').waitFor();
    expect(await page.getByLabel('Show').textContent()).not.toContain('Proposed');
  });

  it.each(['member-proposed', 'member-proposed-closed'])('gives members no action: %s', async (scene) => {
    set(scene);
    await open('member');
    await shows('!7 Update 3 context files from Dot');
    for (const name of ['Propose again', 'Discard…', 'Push to GitLab', 'Propose by merge request'])
      expect(await buttons()).not.toContain(name);
  });

  it('is offered where protection refused a push, and is one press away', async () => {
    set('push-stopped');
    await open();
    await shows('Or let Dot propose its changes: it pushes them to');
    await pressKey(page, 'Propose by merge request');
    while (!dot.acts.includes('POST /gitlab/push')) await page.waitForTimeout(20);
    expect(dot.status.project!.publish).toBe('merge_request');
    expect(dot.acts).toEqual(['PATCH /gitlab/project', 'POST /gitlab/connection/check', 'POST /gitlab/push']);
    expect(dot.asked.find(({ method }) => method === 'PATCH')!.body).toEqual({ publish: 'merge_request' });
  });

  it('lets an admin choose another work branch where its name is taken', async () => {
    proposes(dot);
    const error = { code: 'work_branch_name_taken', detail: 'Choose another name for the work branch.' };
    dot.change({ health: 'attention', sync: { ...dot.status.sync, error } });
    dot.refusals.set('PATCH /gitlab/project', {
      ...{ status: 422, code: 'validation_failed', detail: 'The settings cannot work.' },
      errors: [{ field: 'workBranch', detail: 'must be a branch name that Git allows' }],
    });
    await open();
    await pressKey(page, 'Change the work branch');
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('dot..context');
    await page.keyboard.press('Enter');
    await shows('must be a branch name that Git allows');
    await eventually.poll(() => focused(page)).toBe('Name');
    dot.refusals.clear();
    await name.fill('dot-context');
    await page.getByLabel('Seconds without an edit before a push').fill('0');
    await page.keyboard.press('Enter');
    await shows('an automatic push does not wait for more edits.');
    const [, change] = dot.asked.filter(({ method }) => method === 'PATCH');
    expect(change.body).toEqual({ workBranch: 'dot-context', quietSeconds: 0 });
  });

  it('is not offered where changes are proposed already', async () => {
    set('push-stopped');
    dot.change({ project: { ...project, publish: 'merge_request' } });
    await open();
    await shows('GitLab refused the push:');
    expect(await buttons()).not.toContain('Propose by merge request');
    expect(await page.getByText('Or let Dot propose').count()).toBe(0);
  });
});
