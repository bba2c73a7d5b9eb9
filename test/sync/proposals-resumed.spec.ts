import { Reviewer } from '../support/reviewer';

const WORK = 'dot/context';

describe('A proposal whose first commit GitLab refuses', () => {
  it.each([
    ['appeared', { 'notes/b.md': 'theirs' }, { 'notes/b.md': 'mine' }],
    ['went', { 'notes/a.md': null }, { 'notes/a.md': 'mine' }],
  ])('begins once Dot saw the file that %s: a comparison left it out', async (_, theirs, mine) => {
    const reviewer = await Reviewer.of();
    const { world } = reviewer;
    const [path] = Object.keys(theirs);
    world.gitlab.calls.faults.add({ fault: { kind: 'loses-part', part: path }, on: 'changesSince' });
    await world.push({ ...theirs, 'notes/c.md': 'c' });
    await world.sync();
    await world.edit(mine);
    await world.sync();
    expect(reviewer.files(reviewer.request.source)).toMatchObject({ ...mine, 'notes/c.md': 'c' });
    expect(await world.conflicts()).toMatchObject([{ path, winner: 'local' }]);
  });

  it('begins without a file whose directory is a file on the branch', async () => {
    const reviewer = await Reviewer.of({ 'skills/s.md': 's', notes: 'a plain file' });
    const { world } = reviewer;
    await world.edit({ 'notes/n.md': 'n', 'skills/s.md': 's1' });
    await world.sync();
    expect(reviewer.files(WORK)).toEqual({ 'skills/s.md': 's1', notes: 'a plain file' });
    expect([...(await world.quarantined()).keys()]).toEqual(['notes/n.md']);
  });
});
