import { FakeAct } from '@app/audit/testing';
import type { Call } from '@app/fake-gitlab';
import type { RunError } from '@app/sync-engine';
import { SyncWorld } from '../support/sync-world';

const PROJECT = 'ada/context';

describe('The webhook of our own commit', () => {
  let world: SyncWorld;
  beforeEach(async () => {
    world = await SyncWorld.synced({ 'notes/a.md': 'a' });
  });

  const head = () => world.gitlab.git.head(PROJECT, 'main')!;
  const base = async () => (await world.state()).baseCommit;
  /** As the intake does: an echo of the base is nothing, whatever else is announced asks for a pull. */
  const hear = async (after: string) => {
    const { org, engine } = world;
    const contexts = await engine.service.webhookContext([org]);
    const isEcho = contexts.get(org)?.baseCommit === after;
    const changed = new Map(isEcho ? [] : [[org, after]]);
    await engine.service.pushEventsReceived(contexts, { changed, echoes: new Set(isEcho ? [org] : []) });
  };
  /** Happens once our commit is made, and before it is recorded. */
  const onceCommitted = (happening: () => Promise<unknown>) => {
    world.gitlab.calls.after = async ({ operation }: Call) => {
      if (operation !== 'commit') return;
      world.gitlab.calls.after = () => undefined;
      await happening();
    };
  };
  const calls = () => world.gitlab.calls.all.map(({ operation }) => operation);

  it('costs no call when it comes before the push was recorded', async () => {
    onceCommitted(() => hear(head()));
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    expect(await base()).toBe(head());
    expect(await world.lastRun('pull')).toMatchObject({
      trigger: 'webhook',
      status: 'succeeded',
      apiCalls: 0,
    });
    expect(calls()).toEqual(['commit']);
  });

  it('costs no call when it comes twice', async () => {
    onceCommitted(async () => {
      await hear(head());
      await hear(head());
    });
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    expect(calls()).toEqual(['commit']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a poll', () => world.engine.runs.request(world.org, 'pull', 'poll', world.clock.now())],
    ['a person', () => world.engine.request.byPerson(world.org, 'pull', new FakeAct())],
    ['a webhook of another commit', () => hear('b'.repeat(40))],
  ])('is no reason to ask GitLab nothing if %s wants the same pull, before or after it', async (_, other) => {
    for (const inOrder of [
      [() => hear(head()), other],
      [other, () => hear(head())],
    ]) {
      world.gitlab.calls.reset();
      onceCommitted(async () => {
        for (const asks of inOrder) await asks();
      });
      await world.edit({ 'notes/a.md': `b ${world.clock.now().getTime()}` });
      await world.sync();
      expect(calls().slice(0, 2)).toEqual(['commit', 'changesSince']);
    }
  });

  it('hides no commit that comes right after ours', async () => {
    onceCommitted(async () => {
      const ours = head();
      world.gitlab.git.push(PROJECT, 'main', { files: { 'notes/b.md': 'theirs' } });
      await hear(head());
      await hear(ours);
    });
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'b', 'notes/b.md': 'theirs' });
  });

  it('hides no reset to the commit before ours', async () => {
    const before = head();
    onceCommitted(async () => {
      const ours = head();
      world.gitlab.git.reset(PROJECT, 'main', before);
      await hear(before);
      await hear(ours);
    });
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    expect(await base()).toBe(head());
    expect(world.onGitLab()).toEqual(await world.dot());
  });

  it('is asked about if the files in scope were not compared as a whole', async () => {
    onceCommitted(async () => {
      await hear(head());
      await world.projects.update({ org: world.org, directories: ['notes', 'tables'] }, new FakeAct());
    });
    world.gitlab.git.push(PROJECT, 'main', { files: { 'tables/t.md': 't' } });
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'b', 'tables/t.md': 't' });
  });

  it('ends no back-off: nothing was asked, so nothing is known of GitLab', async () => {
    onceCommitted(() => hear(head()));
    await world.edit({ 'notes/a.md': 'b' });
    await world.takeTurns(1);
    const failure: RunError = { code: 'gitlab_unavailable', detail: 'down', retryAt: null };
    await world.engine.states.save(world.org, { failure, failures: 5 });
    await world.takeTurns(1);
    expect(await world.lastRun('pull')).toMatchObject({ status: 'succeeded', apiCalls: 0 });
    expect(await world.state()).toMatchObject({ failure, failures: 5 });
  });
});
