import type { Page } from 'playwright-core';
import { FAULTS } from '../../../apps/panel/src/faults';
import { Speech } from '../../../apps/panel/src/say';
import { describeWithBrowser, eventually } from '../../support/browser';
import type { FakeDot } from './fake-dot';
import { fillsLeft } from './in-page';
import { ago } from './stage';
import { StagedPage } from './staged-page';

const speech = new Speech('en');
/** Each stop that has words of its own on the page; questions about deletions have a banner that counts. */
const stops = Object.entries(FAULTS)
  .filter(([code, { stop }]) => (stop === 'banner' || stop === 'quiet') && code !== 'mass_delete_unconfirmed')
  .map(([code, { stop, title, link }]) => [code, stop!, title, link] as const);

/** Every stop as the page shows it: its place, the API's advice, and its end once the cause is gone. */
describeWithBrowser('What stops the sync', () => {
  const staged = new StagedPage();
  const { pill } = staged;
  let dot: FakeDot;
  let page: Page;

  beforeAll(async () => {
    await staged.launch();
    dot = await staged.begin();
    page = await staged.open();
    await pill('In sync');
  });
  afterAll(async () => {
    await staged.end();
    await staged.close();
  });

  it.each(stops)('%s: a %s', async (code, stop, title, link) => {
    const { sync, connection, project, quota } = dot.status;
    const detail = `What to do about ${code}.`;
    const error = { code, detail };
    dot.change({
      health: stop === 'banner' ? 'attention' : 'failing',
      sync: { ...sync, error, nextAttemptAt: ago(-2.5), pendingPush: 2 },
      quota: { ...quota, bytes: quota.maxBytes },
    });
    const said = speech.say(title, { branch: project!.branch, url: connection!.instanceUrl });
    const place =
      stop === 'banner'
        ? page.getByRole('region', { name: said })
        : page.locator('.body p', { hasText: said });
    await place.waitFor();
    if (stop === 'banner') {
      const names = { user: connection!.username, project: project!.pathWithNamespace };
      const step = link?.step && speech.say(link.step, { ...names, place: speech.say(link.text, names) });
      await eventually(place).toContainText(step ?? detail);
      await eventually(place).toContainText('Your 2 changes are kept, in order. Nothing is lost.');
      await eventually(place).toContainText('Trying again in 2 min.');
    } else {
      await eventually(place).toContainText(/Nothing is lost\.|Continues at \d\d:\d\d\./);
    }
    expect(await fillsLeft(page)).toEqual([]);
    dot.change({ health: 'ok', sync });
    await place.waitFor({ state: 'detached' });
    await pill('In sync');
  });
});
