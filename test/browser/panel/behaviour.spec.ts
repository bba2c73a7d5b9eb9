import type { Page } from 'playwright-core';
import { describeWithBrowser, eventually } from '../../support/browser';
import type { FakeDot } from './fake-dot';
import { content, fillsLeft, focused, sidewaysScroll } from './in-page';
import { pressKey } from './keyboard';
import { tokenFor } from './panel-page';
import { brokenYaml, change, file, pricing } from './stage';
import { StagedPage, type StagedOptions } from './staged-page';

/** A host page: another framework's CSS at its worst, two elements, a token that is asked for. */
const HOST = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>
  <link rel="stylesheet" href="/panel/host.css"><script type="module" src="/panel/panel.js"></script></head>
  <body><h1>Settings</h1><dot-gitlab-sync org="acme"></dot-gitlab-sync><dot-gitlab-sync org="acme" theme="dark"></dot-gitlab-sync></body></html>`;
const HOSTILE_CSS =
  '* { all: revert; box-sizing: content-box } html { font: 20px/3 cursive; color: red; text-align: right; letter-spacing: 4px }';

describeWithBrowser('The settings page', () => {
  const staged = new StagedPage();
  const { set, shows, pill } = staged;
  let dot: FakeDot;
  let page: Page;

  beforeAll(() => staged.launch());
  afterAll(() => staged.close());
  beforeEach(async () => {
    dot = await staged.begin({ '/panel/host': HOST, '/panel/host.css': HOSTILE_CSS });
  });
  afterEach(() => staged.end());

  const open = async (options?: StagedOptions) => {
    page = await staged.open(options);
  };

  describe('follows the state', () => {
    it('by the stream of the org, in two requests before the first paint, and asks for nothing at rest', async () => {
      await open();
      await pill('In sync');
      expect(staged.panel.files).toEqual(['/panel', '/panel/panel.js gzip']);
      expect(dot.asked[0]).toMatchObject({ method: 'GET', path: '/gitlab' });
      await eventually.poll(() => dot.listeners).toBe(1);
      const before = dot.asked.length;
      dot.changeSync({ pendingPull: true });
      await pill('Changes to pull');
      expect(dot.asked.slice(before).map(({ path }) => path)).not.toContain('/gitlab');
    });

    it('by polling if there is no stream', async () => {
      dot.refusals.set('GET /gitlab/events', { status: 404, code: 'not_found' });
      set('pushing');
      await open();
      await pill('Pushing 2 of 5');
      dot.status = { ...dot.status, health: 'ok' };
      await pill('In sync');
      expect(dot.listeners).toBe(0);
    });

    it('by a read again, if a read saw a status that the stream passed over', async () => {
      await open();
      await eventually.poll(() => dot.listeners).toBe(1);
      await pill('In sync');
      const before = dot.status;
      dot.status = { ...before, sync: { ...before.sync, pendingPull: true } };
      await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
      await pill('Changes to pull');
      dot.status = before;
      await pill('In sync');
      const reads = () => dot.asked.filter(({ path }) => path === '/gitlab').length;
      const read = reads();
      dot.changeSync({ pendingPull: true });
      await pill('Changes to pull');
      expect(reads()).toBe(read);
    });

    it('not in a hidden tab, and immediately once it is visible again', async () => {
      await open();
      await eventually.poll(() => dot.listeners).toBe(1);
      await page.evaluate(`Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))`);
      await eventually.poll(() => dot.listeners).toBe(0);
      dot.changeSync({ pendingPull: true });
      await page.evaluate(`delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))`);
      await pill('Changes to pull');
    });

    it('and says as of when, and answers a press, while offline', async () => {
      await open();
      await pill('In sync');
      await page.context().setOffline(true);
      await shows("You're offline. This is what Dot last saw.");
      await pill(/^As of \d\d:\d\d$/);
      await page.getByRole('button', { name: 'Push to GitLab' }).click();
      await shows("You're offline.");
      expect(dot.acts).toEqual([]);
      await page.context().setOffline(false);
      await pill('In sync');
    });

    it('again once the server is back', async () => {
      await open();
      await eventually.poll(() => dot.listeners).toBe(1);
      dot.silent = true;
      dot.dropStreams();
      await page.waitForTimeout(500);
      dot.silent = false;
      dot.status = { ...dot.status, sync: { ...dot.status.sync, pendingPull: true } };
      await pill('Changes to pull');
    });

    it('by drawing the state before the cards below it', async () => {
      await open();
      await pill('In sync');
      const sections = await page.evaluate(`new Promise((resolve) => {
        const panel = document.querySelector('dot-gitlab-sync');
        const count = () => panel.shadowRoot.querySelectorAll('.page > section').length;
        panel.remove();
        const observer = new MutationObserver(() => {
          if (!panel.shadowRoot.querySelector('.pill')) return;
          observer.disconnect();
          resolve(count());
        });
        observer.observe(panel.shadowRoot, { subtree: true, childList: true });
        document.body.append(panel);
      })`);
      expect(sections).toBe(1);
      await shows('Activity');
    });

    it('and leaves nothing behind when it is removed, and starts over when it is back', async () => {
      await open();
      await eventually.poll(() => dot.listeners).toBe(1);
      await page.evaluate(`window.kept = document.querySelector('dot-gitlab-sync'); kept.remove()`);
      await eventually.poll(() => dot.listeners).toBe(0);
      const asked = dot.asked.length;
      await page.evaluate(
        `document.dispatchEvent(new Event('visibilitychange')); dispatchEvent(new Event('online'))`,
      );
      await page.waitForTimeout(300);
      expect(dot.asked).toHaveLength(asked);
      await page.evaluate('document.body.append(kept)');
      await pill('In sync');
    });
  });

  describe('knows who looks', () => {
    it('asks for a token once more after a 401, and says so if that one is refused too', async () => {
      let tokens = 0;
      await open({ path: '/panel/host' });
      await page.exposeFunction('nextToken', () => tokenFor('admin', `acme${++tokens}`));
      dot.accepts = (token) => token !== tokenFor('admin', 'acme1');
      await page.evaluate(`document.querySelector('dot-gitlab-sync').token = () => nextToken()`);
      await pill('In sync');
      expect(tokens).toBe(2);
      await eventually.poll(() => dot.listeners).toBe(1);
      dot.accepts = () => false;
      dot.dropStreams();
      await shows('You have been signed out. Reload the page to sign in again.');
    });

    it('shows another org nothing', async () => {
      dot.refusals.set('GET /gitlab', { status: 403, code: 'forbidden_org' });
      await open();
      await shows("You can't see this organization's GitLab sync.");
      expect(dot.listeners).toBe(0);
    });

    it('gives members no action, and no secret in the page, in requests or in the element', async () => {
      set('worth-a-look');
      await open({ role: 'member' });
      await shows('Worth a look');
      for (const name of ['Push to GitLab', 'Preview', 'Replace token', 'Disconnect…', 'Send anyway…'])
        expect(await page.getByRole('button', { name }).count()).toBe(0);
      await page.getByRole('button', { name: 'Compare' }).click();
      await shows("GitLab's version was later and stands.");
      expect(await page.getByRole('button', { name: /Restore/ }).count()).toBe(0);
      expect(await content(page)).not.toContain(dot.secret);
      expect(dot.acts).toEqual([]);
      expect(dot.asked.map(({ path }) => path)).not.toContain('/gitlab/webhook/secret');
    });

    it('signs in on the page of its own, by a form whose token is gone on reload', async () => {
      page = await staged.openBlank();
      await page.goto(`${staged.server.url}/panel`);
      await page.getByLabel('Dot token').fill('not a token');
      await page.keyboard.press('Enter');
      await shows('This is not a token of Dot: it names no organization.');
      await page.getByLabel('Dot token').fill(tokenFor());
      await page.keyboard.press('Enter');
      await pill('In sync');
      await page.reload();
      await page.getByLabel('Dot token').waitFor();
    });
  });

  describe('keeps secrets', () => {
    it.each([
      ['Show secret', () => dot.secret],
      ['Show signing token', () => dot.signingToken],
    ])('until they are asked for, and hides them when the tab is hidden: %s', async (name, secret) => {
      await open();
      await page.getByRole('button', { name: 'Details of the webhook' }).click();
      await page.getByText('Or add it by hand').click();
      expect(await content(page)).not.toContain(secret());
      await page.getByRole('button', { name }).click();
      await eventually.poll(() => dot.asked.map(({ path }) => path)).toContain('/gitlab/webhook/secret');
      await page.getByRole('button', { name, pressed: true }).waitFor();
      await eventually.poll(() => content(page)).toContain(secret());
      await page.evaluate(`Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))`);
      await page.getByRole('button', { name, pressed: false }).waitFor();
      expect(await content(page)).not.toContain(secret());
    });

    it('and copies one without showing it', async () => {
      await open({ permissions: ['clipboard-read', 'clipboard-write'] });
      await page.getByRole('button', { name: 'Details of the webhook' }).click();
      await page.getByText('Or add it by hand').click();
      await page.getByRole('button', { name: 'Copy Secret' }).click();
      await shows('Copied');
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(dot.secret);
      expect(await content(page)).not.toContain(dot.secret);
    });

    it('replaces the token, or connects as another user with a new secret', async () => {
      await open();
      await page.getByRole('button', { name: 'Replace token' }).focus();
      await page.keyboard.press('Enter');
      await eventually.poll(() => focused(page)).toBe('New token');
      await page.keyboard.type('glpat-new');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(dot.acts).toEqual(['PATCH /gitlab/connection']);
      await eventually.poll(() => focused(page)).toBe('Replace token');
      dot.refusals.set('PATCH /gitlab/connection', {
        status: 409,
        code: 'token_of_another_user',
        detail: 'It is of grace.',
      });
      await page.keyboard.press('Enter');
      await page.keyboard.type('glpat-grace');
      await page.keyboard.press('Enter');
      await shows('This token belongs to another user.');
      await pressKey(page, 'Connect with this token');
      await shows('Connected. A webhook that was added by hand needs the new secret:');
      await eventually(page.getByLabel('Secret')).toHaveValue(dot.secret);
      await eventually(page.getByLabel('Signing token')).toHaveValue(dot.signingToken);
    });
  });

  describe('answers a question about deletions', () => {
    beforeEach(async () => {
      set('deletions');
      await open();
      await shows('Delete 86 of 214 files in Dot?');
      await page.getByRole('button', { name: 'Review the files…' }).focus();
      await page.keyboard.press('Enter');
      await shows('79 in reports/ · 7 in notes/');
    });

    it('with "not now", which lasts, and can be answered otherwise later', async () => {
      await eventually.poll(() => focused(page)).toBe('Not now');
      await page.keyboard.press('Enter');
      await shows('You chose “Not now”: the files stay in Dot');
      await pill('Waiting for you');
      await page.getByRole('button', { name: 'Review the files…' }).click();
      await page.getByRole('button', { name: 'Put them back' }).click();
      await pill('In sync');
      expect(dot.acts).toEqual(['POST /gitlab/runs/asks/cancel', 'POST /gitlab/runs/asks/keep']);
    });

    it('by deleting', async () => {
      await pressKey(page, 'Delete 86 files');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(dot.acts).toEqual(['POST /gitlab/runs/asks/confirm']);
    });

    it('by putting them back', async () => {
      await pressKey(page, 'Put them back');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(dot.acts).toEqual(['POST /gitlab/runs/asks/keep']);
      await pill('In sync');
      await shows('Put 86 files back on GitLab');
    });

    it('or leaves it to a colleague, who was faster', async () => {
      dot.refusals.set('POST /gitlab/runs/asks/confirm', {
        status: 409,
        code: 'run_not_awaiting_confirmation',
      });
      await pressKey(page, 'Delete 86 files');
      await shows('This has changed. Here is how it stands now.');
    });
  });

  describe('shows conflicts', () => {
    it('and leaves one as it is, after which it is gone', async () => {
      set('worth-a-look');
      await open();
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.locator('.diff del', { hasText: 'net of' }).waitFor();
      await page.locator('.diff ins', { hasText: 'before' }).waitFor();
      await page.getByRole('button', { name: 'Leave as it is' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(dot.acts).toEqual(['POST /gitlab/conflicts/conflict-1/dismiss']);
    });

    it('in which a side deleted the file, and in which both became equal', async () => {
      dot.conflicts = [
        { ...pricing, stands: null },
        { ...pricing, id: 'conflict-2', stands: { ...pricing.kept } },
      ];
      dot.changeSync({ conflicts: 2 });
      await open();
      await page.getByRole('button', { name: 'Compare' }).first().click();
      await shows("GitLab deleted it later, and that stands. Dot's version is kept here.");
      await page.getByRole('button', { name: 'Next' }).click();
      await shows('Both versions are equal by now.');
      await shows('2 of 2');
    });

    it('of 5,000 lines, of which it shows the first 500 changes', async () => {
      const lines = Array.from({ length: 5_000 }, (_, at) => `line ${at} of a long text`);
      dot.texts.set('kept-1', lines.join('\n'));
      dot.texts.set('stands-1', lines.map((line, at) => (at % 4 ? line : `${line}, changed`)).join('\n'));
      dot.conflicts = [pricing];
      dot.changeSync({ conflicts: 1 });
      await open();
      await page.getByRole('button', { name: 'Compare' }).click();
      await shows('These texts are long: the first 500 changed lines are shown.');
      expect(await page.locator('.diff del, .diff ins').count()).toBe(500);
    });
  });

  describe('holds', () => {
    it.each(['in-sync', 'worth-a-look', 'push-stopped'])(
      'still while its lists arrive: %s',
      async (scene) => {
        set(scene);
        page = await staged.openBlank();
        await page.addInitScript(`window.shifts = 0; new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.shifts += value;
      }).observe({ type: 'layout-shift', buffered: true })`);
        await page.goto(`${staged.server.url}/panel#token=${tokenFor()}&org=acme`);
        await shows('Pulled 3 files');
        await shows(/^edited|^the first since/);
        await page.evaluate(
          'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
        );
        expect(await page.evaluate<number>('window.shifts')).toBeLessThan(0.02);
      },
    );

    it('10,000 files, read as they are scrolled', async () => {
      dot.files = Array.from({ length: 10_000 }, (_, at) => file(`notes/${String(at).padStart(5, '0')}.md`));
      dot.change({ files: { ...dot.status.files!, total: 10_000 } });
      await open();
      await shows('10,000 context files');
      await page.getByRole('button', { name: 'All files' }).click();
      await shows('notes/00000.md');
      const pages = () => dot.asked.filter(({ path }) => path === '/gitlab/files').length;
      expect(pages()).toBe(1);
      const list = page.locator('.paths.files');
      for (let wanted = 2; wanted < 6; wanted++) {
        await list.evaluate((element: { scrollTop: number; scrollHeight: number }) => {
          element.scrollTop = element.scrollHeight;
        });
        await eventually.poll(pages).toBeGreaterThanOrEqual(wanted);
      }
    });

    it('the reason why a file is kept out, without its code', async () => {
      dot.files = [brokenYaml];
      await open();
      await page.getByRole('button', { name: 'All files' }).click();
      await shows(/^the YAML does not parse at line 14, column 3/);
    });

    it('hostile names as text', async () => {
      const name = `notes/<img src=x onerror="document.title='owned'">\u202Egnp.md`;
      dot.conflicts = [
        {
          ...pricing,
          path: name,
          kept: { ...pricing.kept, author: { name: '<b>Mallory</b> 😀', email: '' } },
        },
      ];
      dot.pending = [change(name, '**bold** `code` [link](javascript:alert(1)) <script>', 5)];
      dot.change({
        project: {
          ...dot.status.project!,
          pathWithNamespace: 'acme/<i>x</i>',
          webUrl: 'javascript:alert(1)',
        },
        sync: { ...dot.status.sync, conflicts: 1, pendingPush: 1 },
      });
      await open();
      await shows('**bold** `code` [link](javascript:alert(1)) <script>');
      await shows('acme/<i>x</i>');
      expect(await page.locator('a[href^="javascript:"], img, i').count()).toBe(0);
      await page.getByRole('button', { name: 'Compare' }).click();
      await shows('<b>Mallory</b> 😀');
      expect(await page.title()).not.toBe('owned');
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
    });

    it.each([
      ['from right to left', `document.documentElement.dir = 'rtl'`],
      ['with forced colours', ''],
      ['at 200 % text', `document.documentElement.style.fontSize = '200%'`],
    ])('%s', async (_, script) => {
      set('worth-a-look');
      await open({
        viewport: { width: 320, height: 900 },
        reducedMotion: 'reduce',
        ...(script ? {} : { forcedColors: 'active' }),
      });
      if (script) await page.evaluate(script);
      await shows('Worth a look');
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await fillsLeft(page)).toEqual([]);
    });

    it('in a page with hostile CSS, twice, in its own theme, without a complaint of a strict policy', async () => {
      await open({ path: '/panel/host' });
      await page.evaluate(
        `for (const one of document.querySelectorAll('dot-gitlab-sync')) one.token = ${JSON.stringify(tokenFor())}`,
      );
      await pill('In sync');
      const looks = await page.locator('.panel').evaluateAll((panels) =>
        panels.map((one) => {
          const { fontSize, textAlign, letterSpacing, color } = (
            globalThis as never as { getComputedStyle: (of: unknown) => Record<string, string> }
          ).getComputedStyle(one);
          return [fontSize, textAlign, letterSpacing, color];
        }),
      );
      expect(looks).toEqual([
        ['14px', 'start', 'normal', 'rgb(31, 28, 24)'],
        ['14px', 'start', 'normal', 'rgb(241, 238, 233)'],
      ]);
      expect(await page.locator('h2', { hasText: 'GitLab' }).count()).toBe(2);
      expect(staged.panel.complaints).toEqual([]);
      expect(staged.panel.foreign).toEqual([]);
    });
  });
});
