import { pause, type DotClient } from './dot-client';
import { FirstSync } from './first-sync';
import { Reports } from './reports';
import { Review } from './review';
import type { Stage } from './stage';

/** Plays the whole story of one organisation step by step. Every claim is checked, and a false one ends the story. */
export class Story {
  private readonly firstSync: FirstSync;

  constructor(
    private readonly stage: Stage,
    context: ReadonlyMap<string, Buffer>,
  ) {
    this.firstSync = new FirstSync(stage, context);
  }

  private get narrator() {
    return this.stage.narrator;
  }

  async play(): Promise<{ dot: DotClient; gitlabToken: string }> {
    const token = this.stage.gitlab.givenToken('ada').value;
    this.stage.gitlab.givenUser('grace', { name: 'Grace' });
    const dot = await this.stage.client('acme', 'Ada');

    await this.firstSync.writeContext(dot);
    await this.firstSync.connect(dot, token);
    await this.firstSync.createProject(dot);
    await this.firstSync.registerWebhook(dot);
    await this.editInDot(dot);
    await this.teammateCommits(dot);
    await new Reports(this.stage).play(dot);
    await this.bothEdit(dot);
    await this.restoreTheLoser(dot);
    await new Review(this.stage).play(dot);
    await this.secondOrgPullsAll(token);
    await this.disconnect(dot);
    await this.connectAgain(dot, token);
    return { dot, gitlabToken: token };
  }

  private async editInDot(dot: DotClient): Promise<void> {
    this.narrator.step('Ada edits a note in Dot; it becomes a commit');
    await dot.write(
      'notes/churn.md',
      '# Churn\n\nA customer is churned after 45 days without a subscription.\n',
      'Churn means 45 days',
    );
    await this.stage.until(() => this.stage.fileOnGitLab('notes/churn.md')?.includes('45 days') ?? false);
    await dot.settled();
    this.narrator.dot('saved notes/churn.md');
    this.stage.reportHead();
    this.stage.cost();
  }

  private async teammateCommits(dot: DotClient): Promise<void> {
    this.narrator.step(
      'Grace pushes to GitLab; the webhook notifies Dot, and the AI reads the text on its next call',
    );
    this.stage.push(
      { 'notes/revenue.md': '# Revenue\n\nRevenue is recognised when the goods are delivered.\n' },
      'Revenue at delivery',
    );
    this.stage.reportHead();
    await this.stage.until(
      async () => (await dot.read('notes/revenue.md'))?.includes('goods are delivered') ?? false,
    );
    await dot.settled();
    this.narrator.dot('GET context/files/notes/revenue.md returns “…when the goods are delivered.”');
    this.stage.cost();
  }

  private async bothEdit(dot: DotClient): Promise<void> {
    this.narrator.step('Both edit the same file before either sees the other edit; the later edit wins');
    await dot.settings({ autoSync: false });
    await dot.write(
      'notes/revenue.md',
      '# Revenue\n\nAda: revenue is recognised at invoice.\n',
      'Revenue at invoice',
    );
    await pause(1100); // Git stores whole seconds
    this.stage.push(
      { 'notes/revenue.md': '# Revenue\n\nGrace: revenue is recognised at dispatch.\n' },
      'Revenue at dispatch',
    );
    await this.stage.until(async () => (await dot.conflicts()).length === 1);
    await dot.settings({ autoSync: true });
    await dot.settled();
    const [conflict] = await dot.conflicts();
    this.narrator.dot(
      `conflict in ${conflict.path}: ${conflict.winner} won as the later edit; Dot reads “${lastLine(await dot.read(conflict.path))}”`,
    );
    this.narrator.dot("Ada's text is kept, and no person had to decide");
    this.stage.cost();
  }

  private async restoreTheLoser(dot: DotClient): Promise<void> {
    this.narrator.step('Ada restores the losing text with one call');
    const [conflict] = await dot.conflicts();
    await dot.restoreConflict(conflict.id);
    await this.stage.until(() => this.stage.fileOnGitLab(conflict.path)?.includes('at invoice') ?? false);
    await dot.settled();
    this.narrator.dot(`Dot reads “${lastLine(await dot.read(conflict.path))}”`);
    this.stage.reportHead();
    await this.stage.assertEqual(dot);
    this.stage.cost();
  }

  private async secondOrgPullsAll(token: string): Promise<void> {
    this.narrator.step(
      'The other direction: a second organisation connects to the same project and pulls everything',
    );
    const other = await this.stage.client('globex', 'Linus');
    await other.connect(this.stage.gitlab.url, token);
    const project = (await other.projects()).find(
      ({ pathWithNamespace }) => pathWithNamespace === this.stage.projectPath,
    );
    await other.configure({ projectId: project?.id });
    await other.settled();
    const run = await this.stage.run(other, 'initial');
    this.narrator.dot(`globex pulled ${run.counts.created} files with ${run.apiCalls} calls`);
    await this.stage.assertEqual(other);
    this.stage.cost();
    await other.disconnect();
  }

  private async disconnect(dot: DotClient): Promise<void> {
    this.narrator.step('Ada disconnects');
    const before = (await dot.files()).length;
    await dot.disconnect();
    const { state } = await dot.status();
    this.narrator.dot(
      `state: ${state}; token and webhook secret destroyed; ${(await dot.files()).length} of ${before} files kept`,
    );
    this.stage.cost();
  }

  private async connectAgain(dot: DotClient, token: string): Promise<void> {
    this.narrator.step('She reconnects; equal files are recognised and not pushed twice');
    await dot.connect(this.stage.gitlab.url, token);
    await dot.configure({ projectId: this.stage.gitlab.project(this.stage.projectPath).id });
    await dot.settled();
    await dot.registerWebhook();
    await dot.settings({ autoSync: true });
    const run = await this.stage.run(dot, 'initial');
    this.narrator.dot(`${run.counts.unchanged} files equal, ${run.commits.length} commits made`);
    await this.stage.assertEqual(dot);
    this.stage.cost();
  }
}

const lastLine = (text: string | null): string => text?.trim().split('\n').at(-1) ?? '';
