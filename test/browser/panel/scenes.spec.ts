import { readFileSync } from 'node:fs';
import { describeWithBrowser } from '../../support/browser';
import { fillsLeft, sidewaysScroll, violations } from './in-page';
import { scenes } from './scenes';
import { StagedPage } from './staged-page';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS = [
  [1440, 'light'],
  [360, 'dark'],
] as const;

/** Every state of the page, as WCAG 2.2 AA and good practice want it. */
describeWithBrowser('The states of the settings page', () => {
  const staged = new StagedPage();
  beforeAll(() => staged.launch());
  afterAll(() => staged.close());
  afterEach(() => staged.end());

  it.each(scenes.map((scene) => [scene.name, scene] as const))(
    '%s: accessible in both themes and both widths, nothing overflows, nothing foreign',
    async (_, scene) => {
      const page = await staged.play(scene);
      for (const [width, colorScheme] of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        expect([width, colorScheme, await violations(page, AXE)]).toEqual([width, colorScheme, []]);
      }
      await page.setViewportSize({ width: 320, height: 900 });
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await fillsLeft(page)).toEqual([]);
      expect(staged.panel.foreign).toEqual([]);
      expect(staged.panel.complaints).toEqual([]);
    },
  );
});
