import type { Page } from 'playwright-core';
import { focused } from './in-page';

const FARTHEST = 60;

/** Walks with Tab to the element of this name. @throws Error if it is not to be reached */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const met: string[] = [];
  for (let step = 0; step < FARTHEST; step++) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    if (typeof name === 'string' ? here.startsWith(name) : name.test(here)) return;
    met.push(here);
  }
  throw new Error(`no way by Tab to ${String(name)}; met: ${met.join(' | ')}`);
}

/** Walks there, and presses it. */
export async function pressKey(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}
