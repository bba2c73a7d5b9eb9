import { launchBrowser } from '../support/browser';
import { CpuTimes } from './comparison/machine';
import { firstState } from './panel/first-state';
import { longContent } from './panel/long-content';

/** Measures in Chromium how soon the settings page shows something, and how long it is busy with long lists and texts. */
export async function run(): Promise<boolean> {
  const browser = await launchBrowser();
  try {
    const before = await CpuTimes.now();
    const met = [await firstState(browser), await longContent()];
    console.log(`steal ${(await CpuTimes.now()).stealPercentSince(before).toFixed(1)} %`);
    return met.every(Boolean);
  } finally {
    await browser.close();
  }
}
