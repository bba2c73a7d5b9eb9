import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser';
import { TestService, type Client } from '../../support/service';
import { openPanel, type OpenPanel } from './panel-page';

/** The settings page of an admin, served by the running service beside a fake GitLab. */
export class ServicePage {
  private constructor(
    readonly service: TestService,
    readonly admin: Client,
    readonly panel: OpenPanel,
    private readonly browser: Browser,
  ) {}

  static async open(
    prepare: (service: TestService, admin: Client) => Promise<void> | void,
  ): Promise<ServicePage> {
    const [service, browser] = await Promise.all([TestService.start('embedded'), launchBrowser()]);
    const admin = await service.as();
    await prepare(service, admin);
    const panel = await openPanel(browser, service, { token: await service.token(), org: service.org });
    return new ServicePage(service, admin, panel, browser);
  }

  async close(): Promise<void> {
    await this.panel.close();
    await this.browser.close();
    await this.service.stop();
  }

  get page(): Page {
    return this.panel.page;
  }

  readonly shows = (text: string | RegExp): Promise<void> => this.page.getByText(text).first().waitFor();

  readonly pill = (text: string | RegExp): Promise<void> =>
    this.page.locator('.pill', { hasText: text }).waitFor();
}
