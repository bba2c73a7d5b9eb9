import { FakeAct } from '@app/audit/testing';
import { Reviewer } from '../support/reviewer';

describe('A proposal whose scope changes', () => {
  let reviewer: Reviewer;
  const edit = async (files: Record<string, string | null>, message = 'Edit') => {
    await reviewer.world.edit(files, { message });
    await reviewer.world.sync();
  };
  const scope = async (...directories: string[]) => {
    const { world } = reviewer;
    await world.projects.update({ org: world.org, directories }, new FakeAct());
    await world.sync();
  };
  beforeEach(async () => {
    reviewer = await Reviewer.of({ 'notes/a.md': 'a', 'plans/p.md': 'p' });
    await edit({ 'notes/a.md': 'a1' }, 'First');
  });

  it('continues on another work branch with the files of a wider one', async () => {
    const { world } = reviewer;
    await edit({ 'plans/mine.md': 'm', 'plans/p.md': 'mine' });
    expect(reviewer.titles('dot/context')).toEqual(['First']);
    await scope('notes', 'plans');
    await edit({ 'notes/a.md': 'a2' }, 'Second');
    expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed', 'opened']);
    expect(reviewer.files(reviewer.request.source)).toMatchObject({
      ...{ 'notes/a.md': 'a2', 'plans/mine.md': 'm' },
    });
    expect(await world.dot()).toEqual(reviewer.files(reviewer.request.source));
    await reviewer.merge();
    expect(await world.dot()).toEqual(reviewer.files('main'));
    expect(await world.state()).toMatchObject({ failure: null, blocked: null, proposal: { cycle: null } });
  });

  it('loses the files that a narrower one leaves out, and nothing else', async () => {
    const { world } = reviewer;
    await scope('notes', 'plans');
    await edit({ 'plans/mine.md': 'm' }, 'Second');
    await scope('notes');
    await edit({ 'notes/a.md': 'a2' }, 'Third');
    const proposed = reviewer.files(reviewer.request.source);
    expect(proposed).toEqual({ 'notes/a.md': 'a2', 'plans/p.md': 'p' });
    expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a2', 'plans/mine.md': 'm' });
    await reviewer.merge();
    expect(reviewer.files('main')).toEqual({ 'notes/a.md': 'a2', 'plans/p.md': 'p' });
    expect((await world.state()).proposal).toMatchObject({ cycle: null });
  });

  it('takes the edits of reviewers that came before, also outside of the new scope', async () => {
    const { world } = reviewer;
    world.gitlab.reviewer.commit('ada/context', { 'notes/a.md': 'reviewed', 'plans/r.md': 'r' });
    await scope('notes', 'plans');
    await edit({ 'notes/b.md': 'b' }, 'Second');
    expect(await world.dot()).toMatchObject({
      'notes/a.md': 'reviewed',
      'plans/p.md': 'p',
      'plans/r.md': 'r',
    });
    expect(reviewer.files(reviewer.request.source)).toEqual(await world.dot());
  });
});
