import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { describeWithBrowser, launchBrowser } from '../../support/browser';
import { fillsLeft, sidewaysScroll, violations } from './in-page';
import { openPanel, servePanel, tokenFor } from './panel-page';
import { scenes } from './scenes';
import { stage } from './stage';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS = [
  [1440, 'light'],
  [360, 'dark'],
] as const;

/** Every state of the page, as WCAG 2.2 AA and good practice want it. */
describeWithBrowser('The states of the settings page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it.each(scenes.map((scene) => [scene.name, scene] as const))(
    '%s: accessible in both themes and both widths, nothing overflows, nothing foreign',
    async (_, scene) => {
      const dot = await stage();
      dot.change({ viewer: { role: scene.role ?? 'admin', name: 'Ada Lovelace' } });
      scene.set(dot);
      const server = await servePanel(dot.url);
      const { page, foreign, complaints, close } = await openPanel(browser, server, {
        token: tokenFor(scene.role),
      });
      await scene.act?.(page);
      await page.getByText(scene.shows).first().waitFor();
      for (const [width, colorScheme] of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        expect([width, colorScheme, await violations(page, AXE)]).toEqual([width, colorScheme, []]);
      }
      await page.setViewportSize({ width: 320, height: 900 });
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await fillsLeft(page)).toEqual([]);
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
      await server.close();
      await dot.close();
    },
  );
});
