import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { PAGE_PATIENCE_MS } from '../../support/browser';
import { servePanel, type PanelServer } from '../../support/panel-server';

export type Role = 'admin' | 'member';

/** A token whose claims the page can read; a fake API takes any. */
export function tokenFor(role: Role = 'admin', org = 'acme'): string {
  const payload = Buffer.from(JSON.stringify({ org, role, sub: 'u1' })).toString('base64url');
  return `x.${payload}.y`;
}

export interface OpenPanel {
  readonly page: Page;
  /** Answers to requests for anything but the API: their paths, and how they were compressed. */
  readonly files: string[];
  /** Requests to anything but the page's own origin. */
  readonly foreign: string[];
  /** Errors of the page itself: exceptions, and what its policy refused. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface PanelOptions extends BrowserContextOptions {
  readonly token?: string;
  readonly org?: string;
  readonly path?: string;
}

/** Opens the built page, signed in, against an API that is served elsewhere on this machine. */
export async function openPanel(
  browser: Browser,
  server: Pick<PanelServer, 'url'>,
  { token = tokenFor(), org = 'acme', path = '/panel', ...options }: PanelOptions = {},
): Promise<OpenPanel> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_PATIENCE_MS);
  const files: string[] = [];
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== server.url && protocol !== 'data:') foreign.push(request.url());
  });
  page.on('response', (response) => {
    const { origin, pathname } = new URL(response.url());
    if (origin !== server.url || pathname.startsWith('/api/')) return;
    files.push([pathname, response.headers()['content-encoding']].filter(Boolean).join(' '));
  });
  page.on('pageerror', (error) => void complaints.push(error.message));
  page.on('console', (message) => {
    // A refused request is an answer that the page shows, and no complaint of its own.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  await page.goto(`${server.url}${path}#token=${encodeURIComponent(token)}&org=${org}`);
  return { page, files, foreign, complaints, close: () => context.close() };
}

export { servePanel };
