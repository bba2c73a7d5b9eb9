import { existsSync } from 'node:fs';
import { expect as expectOf } from '@playwright/test';
import { chromium, type Browser } from 'playwright-core';

/** The shell without windows comes first: it needs half the time of the browser. */
const PLACES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);
const executablePath = process.env.TEST_CHROMIUM ?? PLACES.find((path) => existsSync(path));

/** Limits how long a page may take to show something: it finds a page that hangs, on a busy machine too. */
export const PAGE_PATIENCE_MS = 60_000;

/** Asks the page again until it answers as expected, because a page shows what changed a moment later. */
export const eventually = expectOf.configure({ timeout: PAGE_PATIENCE_MS });

/** Reports the specs as skipped, by name, if there is no Chromium. In CI there must be one. */
export function describeWithBrowser(name: string, specs: () => void): void {
  (executablePath || process.env.CI ? describe : describe.skip)(name, specs);
}

/** Headless, and quiet towards the network. */
export function launchBrowser(): Promise<Browser> {
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
  });
}
