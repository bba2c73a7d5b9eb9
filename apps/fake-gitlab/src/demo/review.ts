import type { DotClient } from './dot-client';
import type { Stage } from './stage';

const NOTE = 'notes/churn.md';
const WORK_BRANCH = 'dot/context';

/** Plays a review: Dot proposes an edit by merge request, Grace edits it there and merges it. */
export class Review {
  constructor(private readonly stage: Stage) {}

  async play(dot: DotClient): Promise<void> {
    await this.propose(dot);
    await this.edit(dot);
    await this.merge(dot);
  }

  private async propose(dot: DotClient): Promise<void> {
    this.narrator.step('The team protects main: Ada lets Dot propose its changes by merge request');
    this.gitlab.protect(this.project, 'main', 0, 40);
    this.gitlab.givenMember(this.project, 'grace', 40);
    await dot.settings({ publish: 'merge_request', quietSeconds: 0 });
    await dot.write(NOTE, '# Churn\n\nA customer is churned after 60 days.\n', 'Churn means 60 days');
    await this.shown(dot, 'opened');
    await dot.settled();
    this.narrator.gitlab(
      `${WORK_BRANCH} has “${this.lineOn(WORK_BRANCH)}”, main still “${this.lineOn('main')}”`,
    );
    await this.report(dot);
    this.stage.cost();
  }

  private async edit(dot: DotClient): Promise<void> {
    this.narrator.step('Grace reviews it, and corrects the text on the work branch');
    this.gitlab.git.push(this.project, WORK_BRANCH, {
      files: { [NOTE]: '# Churn\n\nA customer is churned after 60 days without an invoice.\n' },
      message: 'Say what counts',
      author: { name: 'Grace', email: 'grace@example.com' },
    });
    await this.stage.until(async () => (await dot.read(NOTE))?.includes('without an invoice') ?? false);
    await dot.settled();
    this.narrator.dot(`GET context/files/${NOTE} returns “…60 days without an invoice.”, by Grace`);
    await this.report(dot);
    this.stage.cost();
  }

  private async merge(dot: DotClient): Promise<void> {
    this.narrator.step('She merges it; both sides are equal, and GitLab deletes the work branch');
    const { mergeRequests, jobs, reviewer } = this.gitlab;
    const request = reviewer.find(this.project);
    mergeRequests.recheck(request);
    jobs.settle();
    mergeRequests.merging.merge(request, this.gitlab.givenUser('grace'));
    jobs.settle();
    await this.shown(dot, 'merged');
    await dot.settled();
    this.stage.reportHead();
    await this.report(dot);
    await this.stage.assertEqual(dot);
    this.gitlab.unprotect(this.project, 'main');
    this.stage.cost();
  }

  private shown(dot: DotClient, state: string): Promise<void> {
    return this.stage.until(async () => (await dot.status()).project?.mergeRequest?.state === state);
  }

  /** Reports what the settings page shows. */
  private async report(dot: DotClient): Promise<void> {
    const { project, files } = await dot.status();
    const { iid, title, state } = project!.mergeRequest!;
    this.narrator.dot(`the page shows !${iid} “${title}”: ${state}, ${files.proposed} proposed`);
  }

  private lineOn(branch: string): string {
    const text = this.gitlab.git.read(this.project, branch, NOTE)?.toString() ?? '';
    return text.trim().split('\n').at(-1)!;
  }

  private get narrator() {
    return this.stage.narrator;
  }

  private get gitlab() {
    return this.stage.gitlab;
  }

  private get project() {
    return this.stage.projectPath;
  }
}
