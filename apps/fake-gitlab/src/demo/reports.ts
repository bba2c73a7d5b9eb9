import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkCommand } from '@app/gitlab-sync/cli';
import type { DotClient } from './dot-client';
import type { Stage } from './stage';

const PATH = 'data_sources/orders-by-day.yaml';
const BROKEN = 'table: orders_by_day\ncolumns:\n\t- name: day\n';
const REPAIRED = 'table: orders_by_day\ncolumns:\n  - name: day\n';

/** Plays the steps for a teammate who never opens Dot: the status of a commit, and the check before a push. */
export class Reports {
  constructor(private readonly stage: Stage) {}

  async play(dot: DotClient): Promise<void> {
    await this.keptOut(dot);
    await this.checked();
    await this.repaired(dot);
  }

  private async keptOut(dot: DotClient): Promise<void> {
    this.narrator.step(
      'Ada lets Dot report on commits; Grace pushes a file with a flaw, and sees it in GitLab',
    );
    await dot.settings({ reportStatus: 'strict' });
    this.stage.push({ [PATH]: BROKEN }, 'Orders by day');
    await this.reported('failed');
    await dot.settled();
    this.stage.cost();
  }

  /** Checks the files of the branch, as a clone or a pipeline has them. @throws Error if the check finds no problem */
  private async checked(): Promise<void> {
    this.narrator.step('Before the next push Grace checks her files: gitlab-sync check');
    const clone = mkdtempSync(join(tmpdir(), 'dot-gitlab-sync-demo-check-'));
    try {
      execFileSync('git', ['init', '--quiet', clone]);
      for (const path of this.stage.gitlab.git.tree(this.stage.projectPath, 'main').keys()) {
        mkdirSync(dirname(join(clone, path)), { recursive: true });
        writeFileSync(join(clone, path), this.stage.fileOnGitLab(path) ?? '');
      }
      const output = join(clone, '.git', 'report.txt');
      const code = await checkCommand([], { root: clone, format: 'text', output });
      this.narrator.program('$ gitlab-sync check');
      this.narrator.program(readFileSync(output, 'utf8').trimEnd());
      if (code !== 1) throw new Error(`The check ended with ${code} instead of 1.`);
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
    this.stage.cost();
  }

  private async repaired(dot: DotClient): Promise<void> {
    this.narrator.step('She repairs the line and pushes again; Dot takes the file');
    this.stage.push({ [PATH]: REPAIRED }, 'Indent with spaces');
    await this.reported('success');
    await dot.settled();
    await dot.settings({ reportStatus: 'off' });
    await this.stage.assertEqual(dot);
    this.stage.cost();
  }

  /** Waits for the status of the newest commit. @throws Error if it is another one */
  private async reported(state: string): Promise<void> {
    const { gitlab, projectPath } = this.stage;
    this.stage.reportHead();
    const [{ id }] = gitlab.git.log(projectPath, 'main');
    const statuses = () => gitlab.commitStatuses.of(gitlab.project(projectPath), id);
    await this.stage.until(() => statuses().length > 0);
    const [status] = statuses();
    this.narrator.gitlab(`${id.slice(0, 8)} ${status.name}: ${status.state}, “${status.description ?? ''}”`);
    if (status.state !== state) throw new Error(`The status is ${status.state} instead of ${state}.`);
  }

  private get narrator() {
    return this.stage.narrator;
  }
}
