import type { DotClient, FileEdit } from './dot-client';
import type { Stage } from './stage';

const BATCH = 100;

/** Plays the first steps: an organisation with context connects, and GitLab gets everything. */
export class FirstSync {
  constructor(
    private readonly stage: Stage,
    private readonly context: ReadonlyMap<string, Buffer>,
  ) {}

  async writeContext(dot: DotClient): Promise<void> {
    this.narrator.step(`Dot has ${this.context.size} context files before it connects to GitLab`);
    const edits = [...this.context].map(([path, bytes]): FileEdit => ({
      op: 'put',
      path,
      content: bytes.toString(),
    }));
    for (let start = 0; start < edits.length; start += BATCH) {
      await dot.change('Collect the context', edits.slice(start, start + BATCH));
    }
    this.narrator.dot(`${(await dot.files()).length} files, ${kilobytes(this.context)} kB`);
    this.stage.cost();
  }

  async connect(dot: DotClient, token: string): Promise<void> {
    this.narrator.step('Ada connects with a personal access token');
    const { username, tokenKind, scopes } = await dot.connect(
      `${this.stage.gitlab.url}/ada/some-project`,
      token,
    );
    this.narrator.dot(
      `connected to ${this.stage.gitlab.url} as ${username}: a ${tokenKind} token with scope ${scopes.join(', ')}`,
    );
    this.narrator.dot('the project URL she pasted was cut to the host');
    this.stage.cost();
  }

  async createProject(dot: DotClient): Promise<void> {
    this.narrator.step('She lets Dot create a private project; the first push sends the existing context');
    const { pathWithNamespace, branch } = await dot.configure({ create: { name: 'dot-context' } });
    await dot.settled();
    const run = await this.stage.run(dot, 'initial');
    this.narrator.dot(
      `first sync of ${pathWithNamespace}@${branch}: ${run.counts.created} files in ${run.commits.length} commit(s)`,
    );
    this.stage.reportHead();
    await this.stage.assertEqual(dot);
    this.stage.cost();
  }

  async registerWebhook(dot: DotClient): Promise<void> {
    this.narrator.step('She registers the webhook and turns auto-sync on');
    await dot.registerWebhook();
    await this.stage.gitlab.deliveries.settled();
    await dot.settings({ autoSync: true });
    await dot.settled();
    this.narrator.gitlab(`GitLab reports pushes to main to ${(await dot.status()).webhook?.url ?? ''}`);
    this.stage.cost();
  }

  private get narrator() {
    return this.stage.narrator;
  }
}

const kilobytes = (files: ReadonlyMap<string, Buffer>): number =>
  Math.ceil([...files.values()].reduce((sum, bytes) => sum + bytes.length, 0) / 1000);
