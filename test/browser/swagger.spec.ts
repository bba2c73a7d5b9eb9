import type { Browser, Page } from 'playwright-core';
import { describeWithBrowser, launchBrowser, PAGE_PATIENCE_MS } from '../support/browser';
import { TestService } from '../support/service';

/** An operator of the service at Swagger UI. */
describeWithBrowser('Swagger UI in Chromium', () => {
  let service: TestService;
  let browser: Browser;
  let page: Page;
  const foreign: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    [service, browser] = await Promise.all([TestService.start('embedded'), launchBrowser()]);
    page = await browser.newPage();
    page.setDefaultTimeout(PAGE_PATIENCE_MS);
    page.on(
      'request',
      (request) =>
        void (
          new URL(request.url()).origin === service.url ||
          request.url().startsWith('data:') ||
          foreign.push(request.url())
        ),
    );
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    await page.goto(`${service.url}/docs`);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it('shows every group of routes from local assets only, and without complaint', async () => {
    await page.waitForSelector('.opblock');
    const groups = page.locator('.opblock-tag');
    const names = await groups.evaluateAll((found) => found.map((group) => group.getAttribute('data-tag')));
    expect(names).toEqual([
      'Status',
      'Connection',
      'Project',
      'Sync',
      'Webhooks',
      'Notifications',
      'Context',
      'Audit',
      'Probes',
    ]);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('lets an admin authorise and read the status', async () => {
    await page.locator('.auth-wrapper button.authorize').first().click();
    await page.locator('.dialog-ux input').fill(await service.token());
    await page.locator('.dialog-ux button.authorize').click();
    await page.locator('.dialog-ux button.btn-done').click();
    const operation = page.locator('.opblock', { hasText: 'Get the status of the sync' }).first();
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('input[placeholder="org"]').fill(service.org);
    await operation.locator('button.execute').click();
    const body = operation.locator('.live-responses-table .response-col_description pre').first();
    await body.waitFor();
    expect(await body.textContent()).toMatch(/"state":\s*"disconnected"/);
  });
});
