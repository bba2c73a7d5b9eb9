import { FakeAct } from '@app/audit/testing';
import type { FileSpec } from '@app/fake-gitlab';
import type { SyncEngineSettings } from '@app/sync-engine/testing';
import { SyncWorld } from './sync-world';

const PROJECT = 'ada/context';

/** A maintainer of the project, who reviews the proposals of Dot. A webhook reports every act. */
export class Reviewer {
  private constructor(readonly world: SyncWorld) {
    world.gitlab.givenMember(PROJECT, 'grace', 40);
  }

  /** A world after its first sync, whose changes are proposed by merge request. */
  static async of(
    files: Readonly<Record<string, string>> = { 'notes/a.md': 'a' },
    settings?: Partial<SyncEngineSettings>,
  ): Promise<Reviewer> {
    const world = await SyncWorld.synced(files, settings);
    await world.projects.update({ org: world.org, publish: 'merge_request' }, new FakeAct());
    await world.sync();
    world.gitlab.protect(PROJECT, 'main', 0, 40);
    world.gitlab.calls.reset();
    return new Reviewer(world);
  }

  get requests() {
    return [...this.world.project.mergeRequests.values()];
  }

  get open() {
    return this.requests.filter(({ state }) => state === 'opened');
  }

  /** The only one that is open. */
  get request() {
    const [request, ...others] = this.open;
    if (!request || others.length) throw new Error(`${this.open.length} merge requests are open`);
    return request;
  }

  has(branch: string): boolean {
    return this.world.project.repository.branches.has(branch);
  }

  files(branch: string): Record<string, string> {
    const { git } = this.world.gitlab;
    const paths = [...git.tree(PROJECT, branch).keys()].sort();
    return Object.fromEntries(paths.map((path) => [path, git.read(PROJECT, branch, path)!.toString()]));
  }

  /** Titles of the branch's own commits, newest first. */
  titles(branch: string): string[] {
    const { git } = this.world.gitlab;
    const known = new Set(git.log(PROJECT, 'main').map(({ id }) => id));
    return git
      .log(PROJECT, branch)
      .filter(({ id }) => !known.has(id))
      .map(({ message }) => message.split('\n', 1)[0]);
  }

  async push(branch: string, files: Readonly<Record<string, FileSpec>>, message = 'Review'): Promise<void> {
    this.world.clock.advance(60_000);
    const author = { name: 'Grace', email: 'grace@example.com' };
    this.world.gitlab.git.push(PROJECT, branch, { files, author, message });
    await this.told();
  }

  async merge(options: Parameters<SyncWorld['gitlab']['mergeRequests']['merging']['merge']>[2] = {}) {
    this.world.clock.advance(60_000);
    const { gitlab } = this.world;
    gitlab.mergeRequests.recheck(this.request);
    gitlab.jobs.settle();
    gitlab.mergeRequests.merging.merge(this.request, this.user, options);
    gitlab.jobs.settle();
    await this.told();
  }

  async close(): Promise<void> {
    this.world.clock.advance(60_000);
    this.world.gitlab.mergeRequests.close(this.request, this.user);
    await this.told();
  }

  async reopen(iid: number): Promise<void> {
    const request = this.requests.find((each) => each.iid === iid)!;
    this.world.gitlab.mergeRequests.reopen(request, this.user);
    await this.told();
  }

  async deleteBranch(branch: string): Promise<void> {
    this.world.clock.advance(60_000);
    this.world.gitlab.git.deleteBranch(PROJECT, branch);
    this.world.gitlab.jobs.settle();
    await this.told();
  }

  async retarget(target: string): Promise<void> {
    this.world.gitlab.mergeRequests.retarget(this.request, target, this.user);
    await this.told();
  }

  async rebase(): Promise<void> {
    this.world.gitlab.mergeRequests.rebasing.start(this.request, this.user);
    this.world.gitlab.jobs.settle();
    await this.told();
  }

  private get user() {
    return this.world.gitlab.givenUser('grace');
  }

  private async told(): Promise<void> {
    await this.world.hear();
    await this.world.sync();
  }
}

/** Both branches get a file that Dot does not sync, with different contents. GitLab finds the conflict after a pull. */
export async function conflictBesideTheScope({ world, request }: Reviewer): Promise<void> {
  const { gitlab } = world;
  for (const branch of [request.source, 'main'])
    gitlab.git.push(PROJECT, branch, { files: { 'picture.png': `of ${branch}` } });
  await world.hear();
  await world.sync();
  gitlab.mergeRequests.recheck(request);
  gitlab.jobs.settle();
}
