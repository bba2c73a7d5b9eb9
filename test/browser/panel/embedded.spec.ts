import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describeWithBrowser, launchBrowser } from '../../support/browser';
import { TestService } from '../../support/service';

const SCRIPT = join(__dirname, '../../../dist/panel/panel.js');

/** A page of another origin, as a team of Dot would write it. */
interface Host {
  readonly origin: string;
  /** Serves a page that loads the element from `script`; the element finds the API at `api`. */
  serve(script: string, api: string): void;
  close(): Promise<void>;
}

async function givenHost(): Promise<Host> {
  let html = '';
  const server: Server = createServer(({ url }, answer) => {
    const script = url === '/panel.js';
    answer.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    answer.end(script ? readFileSync(SCRIPT) : html);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (script, api) =>
      (html = `<!doctype html><title>Host</title><script type="module" src="${script}"></script>
        <dot-gitlab-sync api="${api}" org="acme"></dot-gitlab-sync>`),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describeWithBrowser('The settings page in a page of another origin', () => {
  let named: Host;
  let stranger: Host;
  let service: TestService;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [named, stranger, browser] = await Promise.all([givenHost(), givenHost(), launchBrowser()]);
    service = await TestService.start('embedded', { panelOrigins: [named.origin] });
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(
      [service, named, stranger].map((one) => (one instanceof TestService ? one.stop() : one?.close())),
    );
  });
  beforeEach(async () => {
    page = await browser.newPage();
    complaints = [];
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  });
  afterEach(() => page.close());

  async function open(host: Host, script: string): Promise<void> {
    host.serve(script, service.url);
    await page.goto(host.origin);
    const token = JSON.stringify(await service.token({ org: 'acme' }));
    await page.evaluate(`document.querySelector('dot-gitlab-sync').token = async () => ${token}`);
  }
  const shows = (text: string | RegExp) => page.getByText(text).first().waitFor();

  it('follows the stream and sends changes if PANEL_ORIGINS names the origin', async () => {
    await open(named, `${service.url}/panel/panel.js`);
    await shows('Connect your GitLab account');
    const token = service.gitlab.givenToken('ada').value;
    const admin = await service.as({ org: 'acme' });
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await shows('Connected as ada');
    await admin.delete('gitlab/connection').expect(204);
    await shows('Connect your GitLab account');
    await page.getByText('Using self-hosted GitLab?').click();
    await page.getByLabel('Instance URL').fill(service.gitlab.url);
    await page.getByRole('textbox', { name: 'Personal Access Token' }).fill(token);
    await page.keyboard.press('Enter');
    await shows('Configure your project');
    expect(complaints).toEqual([]);
  });

  it('says which setting allows it if the origin is not named', async () => {
    await open(stranger, '/panel.js');
    await shows(
      `Can't reach Dot at ${service.url}. If it runs, add ${stranger.origin} to its PANEL_ORIGINS.`,
    );
    expect(complaints.join()).toContain('blocked by CORS policy');
  });

  it('is not even loaded from Dot if the origin is not named', async () => {
    await open(stranger, `${service.url}/panel/panel.js`);
    expect(await page.evaluate(`customElements.get('dot-gitlab-sync') === undefined`)).toBe(true);
    expect(complaints.join()).toContain('blocked by CORS policy');
  });
});
