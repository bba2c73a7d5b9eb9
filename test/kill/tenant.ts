import { setTimeout as pause } from 'node:timers/promises';
import { blobOf, type Blob } from '@app/kernel';
import type { FakeGitLabInstance } from '@app/fake-gitlab';
import { Client as Postgres } from 'pg';
import type { Client } from '../support/service';

const BRANCH = 'main';
const FILES = 4;
/** Time limit without any progress. */
const PATIENCE_MS = 60_000;
const pick = (count: number) => Math.floor(Math.random() * count);

interface AcceptedChange {
  readonly id: string;
  readonly revision: number;
  readonly path: string;
  readonly blob: Blob;
}

/** One org whose people edit on both sides, and all that was promised to them. */
export class Tenant {
  private readonly accepted: AcceptedChange[] = [];
  private readonly pushed: string[] = [];
  private edits = 0;
  /** Edits while the database was unavailable: they may have been stored or not. */
  refusals = 0;

  private constructor(
    private readonly api: Client,
    private readonly gitlab: FakeGitLabInstance,
    private readonly project: string,
  ) {}

  /** Connected, with a webhook and files on both sides; the first sync is only wanted. */
  static async arrive(api: Client, gitlab: FakeGitLabInstance): Promise<Tenant> {
    const project = `ada/${api.org}`;
    const { id } = gitlab.givenProject(project, { files: { 'notes/git-0.md': 'at first\n' } });
    const tenant = new Tenant(api, gitlab, project);
    await api.put('context/files/notes/dot-0.md', 'at first\n').expect(201);
    const token = gitlab.givenToken('ada').value;
    await api.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await api.put('gitlab/project', { projectId: id }).expect(200);
    await api.patch('gitlab/project', { autoSync: true }).expect(200);
    await api.post('gitlab/webhook/register').expect(200);
    return tenant;
  }

  /** Paths of either side, mostly in files that the other side does not touch, at times in files that both change. */
  async edit(): Promise<void> {
    await (pick(3) ? this.editInDot() : this.pushToGitLab());
  }

  /** Number of changes that people made, on both sides. */
  get size(): number {
    return this.accepted.length + this.pushed.length;
  }

  /** Nothing is wanted, under way or kept out any more, and both sides are equal. */
  async standing(): Promise<{ readonly atRest: boolean; readonly progress: string }> {
    const { sync, health } = (await this.api.get('gitlab').expect(200)).body;
    const { pendingPush, pendingPull, quarantined, baseCommit } = sync;
    const idle = health === 'ok' && pendingPush === 0 && !pendingPull && quarantined === 0;
    return {
      atRest: idle && baseCommit === this.gitlab.git.head(this.project, BRANCH),
      progress: `${pendingPush} ${quarantined} ${baseCommit}`,
    };
  }

  /** Every promise that was not kept, in words. */
  async broken(ownerUrl: string): Promise<string[]> {
    const records = await this.records(ownerUrl);
    return [
      ...(await this.differences()),
      ...this.losses(records),
      ...this.disorder(),
      ...this.emptyCommits(),
      ...this.unknownCommits(records),
      ...records.openRuns.map((run) => `${run} is stuck`),
      ...(records.leased ? ['the lease is not free'] : []),
    ].map((text) => `${this.api.org}: ${text}`);
  }

  private async editInDot(): Promise<void> {
    const path = this.somePath('dot');
    const content = this.nextText('Dot');
    const { status, body } = await this.api.post('context/changes', {
      message: content.trim(),
      changes: [{ op: 'put', path, content }],
    });
    if (body.code === 'database_unavailable') return void this.refusals++;
    expect(status).toBe(201);
    this.accepted.push({
      id: body.changeId,
      revision: body.revision,
      path,
      blob: blobOf(Buffer.from(content)),
    });
  }

  private pushToGitLab(): void {
    const files = { [this.somePath('git')]: this.nextText('GitLab') };
    this.pushed.push(this.gitlab.git.push(this.project, BRANCH, { files }));
  }

  private somePath(side: string): string {
    return `notes/${pick(5) ? side : 'shared'}-${pick(FILES)}.md`;
  }

  private nextText(side: string): string {
    return `edit ${++this.edits} in ${side}\n`;
  }

  private get log() {
    return this.gitlab.git.log(this.project, BRANCH);
  }

  private async differences(): Promise<string[]> {
    const { body } = await this.api.get('context/files?limit=200').expect(200);
    const dot = new Map<string, string>(
      body.items.map(({ path, blob }: { path: string; blob: string }) => [path, blob]),
    );
    const git = new Map([...this.gitlab.git.tree(this.project, BRANCH)].map(([path, { id }]) => [path, id]));
    const different = [...new Set([...dot.keys(), ...git.keys()])].filter(
      (path) => dot.get(path) !== git.get(path),
    );
    if (!different.length) return [];
    const reasons = await this.quarantineReasons();
    return different.map(
      (path) =>
        `${path} differs: ${dot.get(path)} in Dot, ${git.get(path)} on GitLab (${reasons.get(path) ?? 'not quarantined'})`,
    );
  }

  private async quarantineReasons(): Promise<Map<string, string>> {
    const { body } = await this.api.get('gitlab/files?state=quarantined&limit=200').expect(200);
    return new Map(body.items.map(({ path, reason }: { path: string; reason: string }) => [path, reason]));
  }

  private losses({ kept, supersededUpTo }: Records): string[] {
    const commits = new Set(this.log.map(({ id }) => id));
    const sent = new Set(this.sentChanges());
    const mayBeSuperseded = ({ path, revision }: AcceptedChange) =>
      (supersededUpTo.get(path) ?? 0) >= revision;
    return [
      ...this.pushed.filter((id) => !commits.has(id)).map((id) => `commit ${id} is gone from the branch`),
      ...this.accepted
        .filter(({ id, blob }) => !kept.has(`${id} ${blob}`))
        .map(({ id }) => `the text of change ${id} is gone`),
      ...this.accepted
        .filter((change) => !sent.has(change.id) && !mayBeSuperseded(change))
        .map(({ id, revision }) => `change ${id} of revision ${revision} never became a commit`),
    ];
  }

  private disorder(): string[] {
    const order = this.accepted.map(({ id }) => id);
    const sent = this.sentChanges().filter((id) => order.includes(id));
    const doubled = sent.filter((id, at) => sent.indexOf(id) !== at);
    const late = sent.filter((id, at) => at > 0 && order.indexOf(id) < order.indexOf(sent[at - 1]));
    return [
      ...doubled.map((id) => `change ${id} became two commits`),
      ...late.map((id) => `change ${id} came out of order`),
    ];
  }

  private emptyCommits(): string[] {
    const tree = new Map(this.log.map((commit) => [commit.id, commit.tree]));
    return this.log
      .filter(({ tree: own, parents: [parent] }) => tree.get(parent) === own)
      .map(({ id }) => `commit ${id} is empty`);
  }

  /** Dot's history names the commit of each change that became one. */
  private unknownCommits({ commits }: Records): string[] {
    return this.accepted.flatMap(({ id }) => {
      const commit = this.log.find(({ message }) => changeIdOf(message) === id)?.id;
      return commit === commits.get(id)
        ? []
        : [`change ${id} is commit ${commit}, and Dot knows ${commits.get(id)}`];
    });
  }

  /** Returns the trailers on the branch, oldest first. */
  private sentChanges(): string[] {
    return this.log.flatMap(({ message }) => changeIdOf(message) ?? []).reverse();
  }

  private async records(ownerUrl: string): Promise<Records> {
    const db = new Postgres(ownerUrl);
    await db.connect();
    try {
      const ask = async (sql: string) => (await db.query(sql, [this.api.org])).rows;
      const versions = await ask(
        `SELECT change_id, blob FROM context_versions JOIN context_blobs USING (org, blob) WHERE org = $1`,
      );
      const changes = await ask(
        `SELECT id, commit FROM context_changes WHERE org = $1 AND commit IS NOT NULL`,
      );
      const agreed = await ask(`SELECT path, settled_to FROM sync_agreed WHERE org = $1`);
      const runs = await ask(
        `SELECT kind || ' ' || status AS run FROM sync_runs WHERE org = $1 AND finished_at IS NULL`,
      );
      const [{ leased }] = await ask(
        `SELECT lease_owner IS NOT NULL AS leased FROM sync_states WHERE org = $1`,
      );
      return {
        kept: new Set(versions.map(({ change_id, blob }) => `${change_id} ${blob}`)),
        commits: new Map(changes.map(({ id, commit }) => [id, commit])),
        supersededUpTo: new Map(agreed.map(({ path, settled_to }) => [path, Number(settled_to)])),
        openRuns: runs.map(({ run }) => run),
        leased,
      };
    } finally {
      await db.end();
    }
  }
}

/** A slower change shows in the promises that are not kept then. */
export async function untilAllRest(tenants: readonly Tenant[]): Promise<void> {
  let [seen, end] = ['', 0];
  do {
    const standings = await Promise.all(tenants.map((tenant) => tenant.standing()));
    if (standings.every(({ atRest }) => atRest)) return;
    const progress = standings.map((standing) => standing.progress).join();
    if (progress !== seen) [seen, end] = [progress, Date.now() + PATIENCE_MS];
    await pause(200);
  } while (Date.now() < end);
}

function changeIdOf(message: string): string | undefined {
  return /^Dot-Change-Id: (\S+)$/m.exec(message)?.[1];
}

/** Returns the database's view of the changes. */
interface Records {
  readonly kept: ReadonlySet<string>;
  readonly commits: ReadonlyMap<string, string>;
  readonly supersededUpTo: ReadonlyMap<string, number>;
  readonly openRuns: readonly string[];
  readonly leased: boolean;
}
