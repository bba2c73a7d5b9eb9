import { FakeAct } from '@app/audit/testing';
import { Reviewer } from '../support/reviewer';

const WORK = 'dot/context';

const many = (n: number) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`notes/${i}.md`, `${i}`]));

describe('A proposal', () => {
  let reviewer: Reviewer;
  const edit = async (files: Record<string, string | null>, message = 'Edit') => {
    await reviewer.world.edit(files, { message });
    await reviewer.world.sync();
  };
  const proposal = async () => (await reviewer.world.state()).proposal;

  it('puts files back that a person wants to keep: the branch itself stays as it is', async () => {
    reviewer = await Reviewer.of(many(20));
    const { world } = reviewer;
    const gone = Object.fromEntries(Object.keys(many(15)).map((path) => [path, null]));
    await world.push(gone);
    await world.sync();
    const head = world.log()[0].id;
    await world.engine.answer.keep(world.org, (await world.lastRun('pull')).id, new FakeAct());
    await world.sync();
    expect(world.log()[0].id).toBe(head);
    expect(await world.state()).toMatchObject({ question: null, blocked: null });
    expect(reviewer.files(reviewer.request.source)).toEqual(many(20));
    await reviewer.merge();
    expect(world.onGitLab()).toEqual(many(20));
    expect(await world.dot()).toEqual(many(20));
  });

  it('is compared as a whole within a day, if a comparison left a reviewer’s edit out', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    world.gitlab.git.push('ada/context', WORK, { files: { 'notes/b.md': 'b', 'notes/c.md': 'c' } });
    world.gitlab.calls.faults.add({
      fault: { kind: 'loses-part', part: 'notes/b.md' },
      on: 'changesSince',
      skip: 1,
    });
    await world.hear();
    await world.sync();
    expect(await world.dot()).not.toHaveProperty('notes/b.md');
    world.clock.advance(25 * 3_600_000);
    await world.engine.sweeper.sweepOnce();
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/b.md': 'b', 'notes/c.md': 'c' });
  });

  it('is shown as closed after an admin discarded it', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await world.engine.decide.execute(world.org, 'discard', new FakeAct());
    await world.sync();
    expect(reviewer.requests).toMatchObject([{ state: 'closed' }]);
    expect(await proposal()).toMatchObject({ cycle: null, mergeRequest: { iid: 1, state: 'closed' } });
  });
});
