import type { Page } from 'playwright-core';
import { describeWithBrowser, eventually } from '../../support/browser';
import type { Client, TestService } from '../../support/service';
import { content, focused, heard, listenFor } from './in-page';
import { pressKey, tabTo } from './keyboard';
import type { OpenPanel } from './panel-page';
import { ServicePage } from './service-page';

/** An admin's way through the page by keyboard only, against the running service beside a fake GitLab. */
describeWithBrowser('The settings page with the service', () => {
  let opened: ServicePage;
  let service: TestService;
  let panel: OpenPanel;
  let page: Page;
  let admin: Client;
  let shows: ServicePage['shows'];
  let pill: ServicePage['pill'];

  beforeAll(async () => {
    opened = await ServicePage.open(async ({ gitlab }, admin) => {
      const files = {
        'notes/b.md': 'b\n',
        'notes/a.md': '# A, by GitLab\n',
        'reports/q3.yaml': 'title: Q3: plan\n',
      };
      gitlab.givenProject('ada/context', { files });
      gitlab.givenProject('ada/old', { files: { 'notes/x.md': 'x\n' } });
      gitlab.archive('ada/old');
      await admin.put('context/files/notes/a.md', '# A, by Dot\n').expect(201);
      await admin.put('context/files/notes/c.md', '# C\n').expect(201);
    });
    ({ service, panel, page, admin, shows, pill } = opened);
  });
  afterAll(() => opened?.close());

  const project = () => service.gitlab.project('ada/context');
  const onGitLab = (path: string) => service.gitlab.git.read(project(), 'main', path)?.toString();
  const push = (files: Record<string, string | null>) =>
    service.gitlab.git.push(project(), 'main', {
      files,
      message: 'A teammate edits',
      author: { name: 'Grace', email: 'grace@example.com' },
    });

  it('takes the token out of the address before the first request', async () => {
    await shows('Connect your GitLab account');
    expect(page.url()).toBe(`${service.url}/panel`);
    expect(panel.foreign).toEqual([]);
  });

  it('asks for a token first, and explains beside the field why one is refused', async () => {
    await pressKey(page, 'Connect with GitLab');
    await shows('Paste a token first.');
    await admin.until(async () => (await focused(page)) === 'Personal Access Token');
    await page.keyboard.type('glpat-wrong');
    await pressKey(page, 'Using self-hosted GitLab?');
    await tabTo(page, 'Instance URL');
    await page.keyboard.type(`${service.gitlab.url}/ada/context`);
    await shows(`Dot will use ${service.gitlab.url}. Leave this blank for gitlab.com.`);
    await page.keyboard.press('Enter');
    await shows(/^GitLab rejected the token/);
    await eventually.poll(() => focused(page)).toBe('Personal Access Token');
    const input = page.getByRole('textbox', { name: 'Personal Access Token' });
    await eventually(input).toHaveAttribute('aria-invalid', 'true');
  });

  it('opens the instance URL if the fault lies with it', async () => {
    await page
      .getByRole('textbox', { name: 'Personal Access Token' })
      .fill(service.gitlab.givenToken('ada').value);
    await page.getByLabel('Instance URL').fill('http://127.0.0.1:1');
    await page.keyboard.press('Enter');
    await shows(/^Can't reach http:\/\/127\.0\.0\.1:1/);
    await eventually.poll(() => focused(page)).toBe('Instance URL');
  });

  it('connects, and is at the same step after a reload', async () => {
    await page.getByLabel('Instance URL').fill(service.gitlab.url);
    await page.keyboard.press('Enter');
    await shows('Configure your project');
    await page.goto('about:blank');
    await page.goto(`${service.url}/panel#token=${await service.token()}&org=${service.org}`);
    await shows('Connected as ada');
  });

  it('finds a project by typing, and greys one that is archived', async () => {
    await tabTo(page, 'Project');
    await page.keyboard.press('ArrowDown');
    const old = page.getByRole('option', { name: 'ada/old' });
    await old.waitFor();
    await eventually(old).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.type('nothing like it');
    await shows('No project matches “nothing like it”. The list has the projects this token can see.');
    await page.keyboard.press('Escape');
    await page.keyboard.type('contex');
    await page.getByRole('option', { name: 'ada/context' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await shows('Default branch. Protected: this token may push.');
  });

  it('starts the first sync and ends in sync', async () => {
    await pressKey(page, 'Start syncing');
    await pill('In sync');
    await admin.settled();
    expect(onGitLab('notes/c.md')).toBe('# C\n');
    expect((await admin.get('context/files/notes/b.md')).text).toBe('b\n');
    await shows('First sync: 3 files');
  });

  it('shows the webhook secret when asked, and not before', async () => {
    const { secret } = (await admin.get('gitlab/webhook/secret').expect(200)).body;
    expect(await content(page)).not.toContain(secret);
    const later = page.getByRole('button', { name: 'Later' });
    if (await later.count()) await later.click();
    await page.getByRole('button', { name: 'Details of the webhook' }).focus();
    await page.keyboard.press('Enter');
    await pressKey(page, 'Show secret', ' ');
    const field = page.getByRole('textbox', { name: 'Secret' });
    await page.getByRole('button', { name: 'Show secret', pressed: true }).waitFor();
    await eventually(field).toHaveValue(secret);
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Show secret', pressed: false }).waitFor();
    expect(await content(page)).not.toContain(secret);
  });

  it('registers the webhook, and shows the first delivery by itself', async () => {
    await page.getByRole('button', { name: 'Register for me' }).focus();
    await page.keyboard.press('Enter');
    await shows(/GitLab has the webhook, and a test was delivered/);
    await service.gitlab.deliveries.settled();
    await shows('Healthy');
    await pressKey(page, 'Hide details');
  });

  it('says that there is nothing to push', async () => {
    await page.getByRole('button', { name: 'Push to GitLab' }).focus();
    await page.keyboard.press('Enter');
    await shows('Nothing to push. Both sides are equal.');
  });

  it('counts the waiting changes, and pushes them', async () => {
    await admin.put('context/files/notes/c.md?message=Explain%20C', '# C, explained\n').expect(200);
    await pill('1 change to push');
    await page.getByRole('button', { name: 'Push to GitLab' }).focus();
    await page.keyboard.press('Enter');
    await pill('In sync');
    expect(onGitLab('notes/c.md')).toBe('# C, explained\n');
  });

  it('pulls by webhook and notifies the host', async () => {
    await listenFor(page, 'dot-gitlab-sync:context-changed');
    push({ 'notes/b.md': 'b, by Grace\n' });
    await shows('Pulled 1 file');
    await eventually.poll(() => heard(page)).toHaveLength(1);
  });

  it('turns auto-sync on immediately', async () => {
    const toggle = page.getByRole('switch', { name: 'Auto-sync enabled' });
    await toggle.focus();
    await page.keyboard.press(' ');
    await page.locator('.switch:checked').nth(1).waitFor();
    expect((await admin.get('gitlab')).body.project.autoSync).toBe(true);
  });

  it('restores the version of a conflict that lost', async () => {
    await page.getByRole('button', { name: 'Compare notes/a.md' }).focus();
    await page.keyboard.press('Enter');
    await shows("Dot's version was later and stands. GitLab's is kept here.");
    await page.locator('.diff .d').first().waitFor();
    await tabTo(page, "Restore GitLab's version");
    await page.keyboard.press('Enter');
    await admin.until(
      async () =>
        onGitLab('notes/a.md') === '# A, by GitLab\n' &&
        (await admin.get('context/files/notes/a.md')).text === '# A, by GitLab\n',
    );
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('lists a file that is kept out, until a good commit clears it', async () => {
    await shows('reports/q3.yaml');
    push({ 'reports/q3.yaml': 'title: "Q3: plan"\n' });
    await page.getByRole('heading', { name: 'Worth a look' }).waitFor({ state: 'detached' });
  });

  it('stops with a banner if the branch is protected, and continues by itself once it is not', async () => {
    service.gitlab.protect('ada/context', 'main', 0);
    await admin.put('context/files/notes/d.md', '# D\n').expect(201);
    await shows('GitLab refused the push:');
    await pill('Push stopped');
    await shows('Your change is kept. Nothing is lost.');
    const link = page.getByRole('link', { name: /Protected branches/ });
    await eventually(link).toHaveAttribute('href', `${service.gitlab.url}/ada/context/-/settings/repository`);
    service.gitlab.protect('ada/context', 'main');
    await page.getByRole('button', { name: "I've changed it, try again" }).focus();
    await page.keyboard.press('Enter');
    await pill('In sync');
    expect(onGitLab('notes/d.md')).toBe('# D\n');
  });

  it('asks before a pull deletes all, names the number, and can undo it', async () => {
    push({
      'notes/a.md': null,
      'notes/b.md': null,
      'notes/c.md': null,
      'notes/d.md': null,
      'reports/q3.yaml': null,
    });
    await shows('Delete 5 of 5 files in Dot?');
    await page.getByRole('button', { name: 'Review the files…' }).focus();
    await page.keyboard.press('Enter');
    await eventually.poll(() => focused(page)).toBe('Not now');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually.poll(() => focused(page)).toBe('Review the files…');
    expect((await admin.get('context/files')).body.items).toHaveLength(5);
    await page.keyboard.press('Enter');
    await pressKey(page, 'Delete 5 files');
    await shows('Pulled 5 files');
    expect((await admin.get('context/files')).body.items).toHaveLength(0);
    await page.getByRole('button', { name: 'Pulled 5 files' }).focus();
    await page.keyboard.press('Enter');
    await pressKey(page, 'Undo this sync…');
    await shows('Undo this sync?');
    await pressKey(page, 'Undo 5 files');
    await admin.until(async () => (await admin.get('context/files')).body.items.length === 5);
  });

  it('shows how it stands when someone else disconnects', async () => {
    await admin.settled();
    await page.getByRole('button', { name: 'Disconnect…' }).focus();
    await page.keyboard.press('Enter');
    await eventually.poll(() => focused(page)).toBe('Stay connected');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The page would notice it before the press otherwise.
    await page.route('**/gitlab/pull', async (route) => {
      await admin.delete('gitlab/connection').expect(204);
      await route.continue();
    });
    await page.getByRole('button', { name: 'Pull from GitLab' }).focus();
    await page.keyboard.press('Enter');
    await shows('This has changed. Here is how it stands now.');
    await shows('Connect your GitLab account');
    expect(panel.foreign).toEqual([]);
    expect(panel.complaints).toEqual([]);
  });
});
