import type { Page } from 'playwright-core';
import { describeWithBrowser, eventually } from '../../support/browser';
import type { Client } from '../../support/service';
import { focused } from './in-page';
import { ServicePage } from './service-page';

const FILES = Object.fromEntries(
  ['a', 'b', 'c', 'd'].map((name) => [`notes/${name}.md`, `# ${name}\n`] as const),
);

/** Shows an admin's view before the first sync, and the questions afterwards, against the running service. */
describeWithBrowser('Previews and answers with the service', () => {
  let opened: ServicePage;
  let page: Page;
  let admin: Client;
  let shows: ServicePage['shows'];
  let pill: ServicePage['pill'];

  beforeAll(async () => {
    opened = await ServicePage.open(async ({ gitlab }, admin) => {
      gitlab.givenProject('ada/context', { files: { ...FILES, 'reports/q3.yaml': 'title: Q3: plan\n' } });
      await admin.put('context/files/notes/a.md', '# a, by Dot\n').expect(201);
      await admin.put('context/files/notes/z.md', '# z\n').expect(201);
      const connection = { token: gitlab.givenToken('ada').value, instanceUrl: gitlab.url };
      await admin.put('gitlab/connection', connection).expect(200);
    });
    ({ page, admin, shows, pill } = opened);
  });
  afterAll(() => opened?.close());

  const git = () => opened.service.gitlab.git;
  const onGitLab = () => [...git().tree('ada/context', 'main').keys()].sort();

  it('shows what the first sync would do before anything moves', async () => {
    await page.getByRole('combobox', { name: 'Project' }).click();
    await page.getByRole('option', { name: 'ada/context' }).click();
    await shows('The first sync would');
    await page.locator('.tally').waitFor();
    await eventually(page.locator('.tally b')).toHaveText(['1', '3', '1', '1']);
    await page.getByLabel('For the 1 file that differs').selectOption('gitlab');
    await shows('Nothing is deleted on either side. The other version of each file stays restorable.');
    await page.getByRole('button', { name: 'Start syncing' }).click();
    await pill('In sync');
    expect((await admin.get('context/files/notes/a.md')).text).toBe('# a\n');
  });

  it('shows GitLab’s text of a file that is kept out', async () => {
    await page.getByRole('button', { name: 'Look at the text' }).click();
    await shows('title: Q3: plan');
    await page.keyboard.press('Escape');
  });

  it('leaves a conflict as it is, after which it is gone', async () => {
    await page.getByRole('button', { name: 'Compare notes/a.md' }).click();
    await shows("GitLab's version was later and stands. Dot's is kept here.");
    await page.getByRole('button', { name: 'Leave as it is' }).click();
    await page.getByRole('button', { name: 'Compare notes/a.md' }).waitFor({ state: 'detached' });
    expect((await admin.get('gitlab/conflicts')).body.items).toEqual([]);
  });

  it('names the changes that wait to be pushed', async () => {
    await admin.put('context/files/notes/z.md?message=Explain%20Z', '# z, explained\n').expect(200);
    await pill('1 change to push');
    await shows('Waiting to be pushed');
    await shows('Explain Z');
    await page.getByRole('button', { name: 'Push to GitLab' }).click();
    await pill('In sync');
    await shows('Pushed “Explain Z”');
  });

  it('keeps the files that GitLab deleted after "not now", and puts them back as one commit', async () => {
    const before = onGitLab();
    git().push('ada/context', 'main', {
      files: Object.fromEntries(
        before.filter((path) => path.startsWith('notes/')).map((path) => [path, null]),
      ),
      message: 'Clean up',
      author: { name: 'Grace', email: 'grace@example.com' },
    });
    await page.getByRole('button', { name: 'Pull from GitLab' }).click();
    await shows(/^Delete 5 of \d files in Dot\?/);
    await page.getByRole('button', { name: 'Review the files…' }).click();
    await shows('notes/z.md');
    await eventually.poll(() => focused(page)).toBe('Not now');
    await page.keyboard.press('Enter');
    await shows('You chose “Not now”: the files stay in Dot');
    await pill('Waiting for you');
    expect((await admin.get('gitlab')).body.health).toBe('attention');
    const commits = git().log('ada/context', 'main').length;
    await page.getByRole('button', { name: 'Review the files…' }).click();
    await page.getByRole('button', { name: 'Put them back' }).click();
    await pill('In sync');
    expect(onGitLab()).toEqual(before);
    expect(git().log('ada/context', 'main')).toHaveLength(commits + 1);
    expect(opened.panel.complaints).toEqual([]);
    expect(opened.panel.foreign).toEqual([]);
  });
});
