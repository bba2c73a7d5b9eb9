import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser';
import type { PanelServer } from '../../support/panel-server';
import type { FakeDot } from './fake-dot';
import { openPanel, servePanel, tokenFor, type OpenPanel, type PanelOptions, type Role } from './panel-page';
import { scenes, type Scene } from './scenes';
import { stage } from './stage';

export interface StagedOptions extends PanelOptions {
  readonly role?: Role;
}

/** The settings page of an org whose state a spec sets: one browser for a group of specs, an org and a page for each. */
export class StagedPage {
  browser: Browser;
  dot: FakeDot;
  server: PanelServer;
  panel: OpenPanel;
  page: Page;

  async launch(): Promise<void> {
    this.browser = await launchBrowser();
  }

  async close(): Promise<void> {
    await this.browser?.close();
  }

  /** Begins with an org in sync. `documents`: served beside the page, by path. */
  async begin(documents?: Readonly<Record<string, string>>): Promise<FakeDot> {
    this.dot = await stage();
    this.server = await servePanel(this.dot.url, documents);
    return this.dot;
  }

  async end(): Promise<void> {
    for (const context of this.browser.contexts()) await context.close();
    await this.server.close();
    await this.dot.close();
  }

  /** Opens the page as the viewer of the org, who gets this role. */
  async open({ role = 'admin', ...options }: StagedOptions = {}): Promise<Page> {
    this.dot.change({ viewer: { ...this.dot.status.viewer, role } });
    this.panel = await openPanel(this.browser, this.server, { token: tokenFor(role), ...options });
    this.page = this.panel.page;
    return this.page;
  }

  /** Begins with an org in this state, opens the page, and does what leads to the scene. */
  async play(scene: Scene, options: PanelOptions = {}): Promise<Page> {
    await this.begin();
    scene.set(this.dot);
    await this.open({ role: scene.role, ...options });
    await scene.act?.(this.page);
    await this.shows(scene.shows);
    return this.page;
  }

  /** Opens an empty page, which a spec loads itself. */
  async openBlank(): Promise<Page> {
    this.page = await (await this.browser.newContext()).newPage();
    return this.page;
  }

  readonly set = (scene: string): void => scenes.find(({ name }) => name === scene)!.set(this.dot);

  readonly shows = (text: string | RegExp): Promise<void> => this.page.getByText(text).first().waitFor();

  readonly pill = (text?: string | RegExp): Promise<void> =>
    this.page.locator('.pill', { hasText: text }).first().waitFor();
}
