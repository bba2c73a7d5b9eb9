import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../../support/browser';
import { isQuiet } from './in-page';
import { openPanel, servePanel, tokenFor } from './panel-page';
import { scenes } from './scenes';
import { stage } from './stage';

const LOOKS = [
  { suffix: '', width: 960, colorScheme: 'light' },
  { suffix: '-dark', width: 960, colorScheme: 'dark' },
  { suffix: '-narrow', width: 360, colorScheme: 'light' },
] as const;

/** Writes a picture of every state of the page into a folder. */
export async function takeScreenshots(folder: string, only: readonly string[] = []): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  for (const scene of scenes) {
    if (only.length && !only.includes(scene.name)) continue;
    for (const { suffix, width, colorScheme } of scene.main ? LOOKS : LOOKS.slice(0, 1)) {
      const dot = await stage();
      dot.change({ viewer: { role: scene.role ?? 'admin', name: 'Ada Lovelace' } });
      scene.set(dot);
      const server = await servePanel(dot.url);
      const viewport = { width, height: 900 };
      const { page, close } = await openPanel(browser, server, {
        token: tokenFor(scene.role),
        viewport,
        colorScheme,
      });
      await scene.act?.(page);
      await page.getByText(scene.shows).first().waitFor();
      await isQuiet(page);
      await page.waitForTimeout(250);
      await page.screenshot({
        path: join(folder, `${scene.name}${suffix}.png`),
        fullPage: !(await page.locator('dialog[open]').count()),
        animations: 'disabled',
      });
      await close();
      await server.close();
      await dot.close();
    }
  }
  await browser.close();
}

if (require.main === module) {
  void takeScreenshots(process.argv[2] ?? join(__dirname, '../../../docs/panel'), process.argv.slice(3));
}
