import type { FakeGitLabInstance } from '@app/fake-gitlab';
import { DotClient, pause, type FileEdit, type Run } from './dot-client';
import type { DotServer } from './dot-server';
import type { Narrator } from './narrator';

const BATCH = 100;

/** The whole story of one organisation, told step by step; every claim is checked, and a false one ends the story. */
export class Story {
  private readonly projectPath = 'ada/dot-context';

  constructor(
    private readonly tell: Narrator,
    private readonly gitlab: FakeGitLabInstance,
    private readonly server: DotServer,
    private readonly context: ReadonlyMap<string, Buffer>,
  ) {}

  async play(): Promise<{ dot: DotClient; gitlabToken: string }> {
    const token = this.gitlab.givenToken('ada').value;
    this.gitlab.givenUser('grace', { name: 'Grace' });
    const dot = await this.client('acme', 'Ada');

    await this.writeContext(dot);
    await this.connect(dot, token);
    await this.createProject(dot);
    await this.registerWebhook(dot);
    await this.editInDot(dot);
    await this.teammateCommits(dot);
    await this.bothEdit(dot);
    await this.restoreTheLoser(dot);
    await this.secondOrgPullsAll(token);
    await this.disconnect(dot);
    await this.connectAgain(dot, token);
    return { dot, gitlabToken: token };
  }

  private async client(org: string, name: string): Promise<DotClient> {
    return new DotClient(this.server.url, org, await this.server.token(org, 'admin', name));
  }

  private async writeContext(dot: DotClient): Promise<void> {
    this.tell.step(`Dot knows ${this.context.size} context files before it meets GitLab`);
    const edits = [...this.context].map(([path, bytes]): FileEdit => ({
      op: 'put',
      path,
      content: bytes.toString(),
    }));
    for (let start = 0; start < edits.length; start += BATCH) {
      await dot.change('Collect what we know', edits.slice(start, start + BATCH));
    }
    this.tell.dot(`${(await dot.files()).length} files, ${kilobytes(this.context)} kB`);
    this.cost();
  }

  private async connect(dot: DotClient, token: string): Promise<void> {
    this.tell.step('Ada connects with a personal access token');
    const { username, tokenKind, scopes } = await dot.connect(`${this.gitlab.url}/ada/some-project`, token);
    this.tell.dot(
      `connected to ${this.gitlab.url} as ${username}: a ${tokenKind} token with scope ${scopes.join(', ')}`,
    );
    this.tell.dot('the project URL she pasted was cut to the host');
    this.cost();
  }

  private async createProject(dot: DotClient): Promise<void> {
    this.tell.step('She lets Dot create a private project; the first push ships the existing context');
    const { pathWithNamespace, branch } = await dot.configure({ create: { name: 'dot-context' } });
    await dot.settled();
    const run = await this.run(dot, 'initial');
    this.tell.dot(
      `first sync of ${pathWithNamespace}@${branch}: ${run.counts.created} files in ${run.commits.length} commit(s)`,
    );
    this.tellHead();
    await this.assertEqual(dot);
    this.cost();
  }

  private async registerWebhook(dot: DotClient): Promise<void> {
    this.tell.step('She registers the webhook and turns auto-sync on');
    await dot.registerWebhook();
    await this.gitlab.deliveries.settled();
    await dot.settings({ autoSync: true });
    await dot.settled();
    this.tell.gitlab(`pushes to main are now told to ${(await dot.status()).webhook?.url ?? ''}`);
    this.cost();
  }

  private async editInDot(dot: DotClient): Promise<void> {
    this.tell.step('Ada edits a note in Dot; it becomes a commit');
    await dot.write(
      'notes/churn.md',
      '# Churn\n\nA customer is churned after 45 days without a subscription.\n',
      'Churn means 45 days',
    );
    await this.until(() => this.fileOnGitLab('notes/churn.md')?.includes('45 days') ?? false);
    await dot.settled();
    this.tell.dot('saved notes/churn.md');
    this.tellHead();
    this.cost();
  }

  private async teammateCommits(dot: DotClient): Promise<void> {
    this.tell.step('Grace pushes to GitLab; the webhook tells Dot, and the AI reads it on its next call');
    this.push(
      { 'notes/revenue.md': '# Revenue\n\nRevenue is recognised when the goods are delivered.\n' },
      'Revenue at delivery',
    );
    this.tellHead();
    await this.until(
      async () => (await dot.read('notes/revenue.md'))?.includes('goods are delivered') ?? false,
    );
    await dot.settled();
    this.tell.dot('GET context/files/notes/revenue.md answers “…when the goods are delivered.”');
    this.cost();
  }

  private async bothEdit(dot: DotClient): Promise<void> {
    this.tell.step('Both edit the same file before either hears of the other; the later one wins');
    await dot.settings({ autoSync: false });
    await dot.write(
      'notes/revenue.md',
      '# Revenue\n\nAda: revenue is recognised at invoice.\n',
      'Revenue at invoice',
    );
    await pause(1100); // git keeps whole seconds
    this.push(
      { 'notes/revenue.md': '# Revenue\n\nGrace: revenue is recognised at dispatch.\n' },
      'Revenue at dispatch',
    );
    await this.until(async () => (await dot.conflicts()).length === 1);
    await dot.settings({ autoSync: true });
    await dot.settled();
    const [conflict] = await dot.conflicts();
    this.tell.dot(
      `conflict in ${conflict.path}: ${conflict.winner} won, being later; Dot reads “${lastLine(await dot.read(conflict.path))}”`,
    );
    this.tell.dot("Ada's text is kept, and nothing waited for a person");
    this.cost();
  }

  private async restoreTheLoser(dot: DotClient): Promise<void> {
    this.tell.step('Ada restores the text that lost, with one call');
    const [conflict] = await dot.conflicts();
    await dot.restoreConflict(conflict.id);
    await this.until(() => this.fileOnGitLab(conflict.path)?.includes('at invoice') ?? false);
    await dot.settled();
    this.tell.dot(`Dot reads “${lastLine(await dot.read(conflict.path))}”`);
    this.tellHead();
    await this.assertEqual(dot);
    this.cost();
  }

  private async secondOrgPullsAll(token: string): Promise<void> {
    this.tell.step(
      'The other direction: a second organisation connects to the same project and pulls everything',
    );
    const other = await this.client('globex', 'Linus');
    await other.connect(this.gitlab.url, token);
    const project = (await other.projects()).find(
      ({ pathWithNamespace }) => pathWithNamespace === this.projectPath,
    );
    await other.configure({ projectId: project?.id });
    await other.settled();
    const run = await this.run(other, 'initial');
    this.tell.dot(`globex pulled ${run.counts.created} files with ${run.apiCalls} calls`);
    await this.assertEqual(other);
    this.cost();
    await other.disconnect();
  }

  private async disconnect(dot: DotClient): Promise<void> {
    this.tell.step('Ada disconnects');
    const before = (await dot.files()).length;
    await dot.disconnect();
    const { state } = await dot.status();
    this.tell.dot(
      `state: ${state}; token and webhook secret destroyed; ${(await dot.files()).length} of ${before} files kept`,
    );
    this.cost();
  }

  private async connectAgain(dot: DotClient, token: string): Promise<void> {
    this.tell.step('She comes back; equal files are recognised and nothing is pushed twice');
    await dot.connect(this.gitlab.url, token);
    await dot.configure({ projectId: this.gitlab.project(this.projectPath).id });
    await dot.settled();
    await dot.registerWebhook();
    await dot.settings({ autoSync: true });
    const run = await this.run(dot, 'initial');
    this.tell.dot(`${run.counts.unchanged} files equal, ${run.commits.length} commits made`);
    await this.assertEqual(dot);
    this.cost();
  }

  private push(files: Record<string, string>, message: string): void {
    const author = { name: 'Grace', email: 'grace@example.com' };
    this.gitlab.git.push(this.projectPath, 'main', { files, message, author });
  }

  private async run(dot: DotClient, kind: string): Promise<Run> {
    const run = await dot.latestRun(kind);
    if (run?.status !== 'succeeded')
      throw new Error(
        `The ${kind} run did not succeed: ${run?.error?.detail ?? run?.status ?? 'there is none'}`,
      );
    return run;
  }

  private tellHead(): void {
    const head = this.gitlab.git.log(this.projectPath, 'main')[0];
    this.tell.gitlab(`${head.id.slice(0, 8)} ${head.message.split('\n')[0]} (${head.author.name})`);
  }

  private fileOnGitLab(path: string): string | undefined {
    return this.gitlab.git.read(this.projectPath, 'main', path)?.toString();
  }

  /** Both sides, byte for byte. @throws Error naming the first difference */
  private async assertEqual(dot: DotClient): Promise<void> {
    const ours = new Map((await dot.files()).map(({ path, blob }) => [path, blob]));
    const theirs = new Map(
      [...this.gitlab.git.tree(this.projectPath, 'main')].map(([path, { id }]) => [path, id]),
    );
    for (const path of new Set([...ours.keys(), ...theirs.keys()])) {
      if (ours.get(path) !== theirs.get(path)) throw new Error(`The sides differ at ${path}.`);
    }
    this.tell.plain(`   equal   ${ours.size} files on both sides, byte for byte`);
  }

  private async until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 30_000; Date.now() < end; await pause(50)) if (await holds()) return;
    throw new Error('What was to happen did not happen within 30 seconds.');
  }

  private cost(): void {
    this.tell.cost(this.gitlab.calls.counts);
    this.gitlab.calls.reset();
  }
}

const kilobytes = (files: ReadonlyMap<string, Buffer>): number =>
  Math.ceil([...files.values()].reduce((sum, bytes) => sum + bytes.length, 0) / 1000);

const lastLine = (text: string | null): string => text?.trim().split('\n').at(-1) ?? '';
