import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isQuiet } from './in-page';
import { scenes } from './scenes';
import { StagedPage } from './staged-page';

const LOOKS = [
  { suffix: '', width: 960, colorScheme: 'light' },
  { suffix: '-dark', width: 960, colorScheme: 'dark' },
  { suffix: '-narrow', width: 360, colorScheme: 'light' },
] as const;

/** Writes a picture of every state of the page into a folder. */
export async function takeScreenshots(folder: string, only: readonly string[] = []): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const staged = new StagedPage();
  await staged.launch();
  for (const scene of scenes) {
    if (only.length && !only.includes(scene.name)) continue;
    for (const { suffix, width, colorScheme } of scene.main ? LOOKS : LOOKS.slice(0, 1)) {
      const page = await staged.play(scene, { viewport: { width, height: 900 }, colorScheme });
      await isQuiet(page);
      await page.waitForTimeout(250);
      await page.screenshot({
        path: join(folder, `${scene.name}${suffix}.png`),
        fullPage: !(await page.locator('dialog[open]').count()),
        animations: 'disabled',
      });
      await staged.end();
    }
  }
  await staged.close();
}

if (require.main === module) {
  void takeScreenshots(process.argv[2] ?? join(__dirname, '../../../docs/panel'), process.argv.slice(3));
}
