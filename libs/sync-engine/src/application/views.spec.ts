import type { Run } from '../domain/run';
import { conflictView, fileStateView, planView } from './finding.view';
import { runView } from './run.view';

const TURNED = 'notes/\u202Egpj.md';
const SHOWN = 'notes/\\u{202E}gpj.md';
const at = new Date('2026-01-01T12:00:00Z');

describe('What people are shown of names and words from GitLab', () => {
  it('is inert in the reason of a file, whose path is exact', () => {
    const reason = `looks like ${TURNED} on some file systems; rename one of them`;
    const file = { path: TURNED, state: 'in_sync', reason, dotBlob: null, gitlabBlob: null, at } as const;
    expect(fileStateView(file)).toMatchObject({
      path: TURNED,
      reason: `looks like ${SHOWN} on some file systems; rename one of them`,
    });
  });

  it('is inert in a plan and in the error of a run, also one that was stored long ago', () => {
    const quarantined = [{ path: TURNED, reason: `name_taken: GitLab has a file at ${TURNED}` }];
    expect(
      planView({ head: null, push: [], pull: [], conflicts: [], quarantined, warnings: [] }).quarantined,
    ).toEqual([{ path: TURNED, reason: `name_taken: GitLab has a file at ${SHOWN}` }]);
    const conflicts = [{ path: TURNED, winner: 'local', reason: 'changed on both sides' }] as const;
    expect(
      planView({ head: null, push: [], pull: [], conflicts, quarantined: [], warnings: [] }).conflicts,
    ).toEqual([{ ...conflicts[0], winner: 'dot' }]);
    const error = { code: 'push_refused', detail: `GitLab refused ${TURNED}`, retryAt: null };
    const run = {
      error,
      took: [],
      commits: [],
      createdAt: at,
      startedAt: null,
      finishedAt: null,
    } as unknown as Run;
    expect(runView(run).error?.detail).toBe(`GitLab refused ${SHOWN}`);
  });

  it('is inert in the reason of a file in quarantine', () => {
    const quarantine = {
      code: 'name_taken',
      message: `GitLab has a file at ${TURNED}`,
      line: 2,
      column: null,
    };
    const file = {
      path: TURNED,
      state: 'quarantined',
      dotBlob: null,
      gitlabBlob: null,
      at,
      quarantine,
    } as const;
    expect(fileStateView(file).quarantine).toEqual({
      ...quarantine,
      message: `GitLab has a file at ${SHOWN}`,
    });
  });

  it('is inert in the title, the author and the requester of a run, which lists all its commits', () => {
    const run = {
      ...{ error: null, took: ['c1'], commits: ['c2'], createdAt: at, startedAt: at, finishedAt: null },
      ...{ title: TURNED, requestedBy: TURNED, author: { name: TURNED, email: 'grace@example.com' } },
    } as unknown as Run;
    expect(runView(run)).toMatchObject({
      ...{ commits: ['c1', 'c2'], startedAt: at.toISOString(), finishedAt: null },
      ...{ title: SHOWN, requestedBy: SHOWN, author: { name: SHOWN } },
    });
  });

  it('is inert in the author of a text that lost', () => {
    const author = { name: 'Gr\u200Bace\u202E', email: 'grace@example.com' };
    const conflict = {
      id: '1',
      path: TURNED,
      at,
      winner: 'local',
      runId: '2',
      stands: null,
      base: null,
    } as const;
    const { kept, path } = conflictView({
      ...conflict,
      kept: { author, at, version: '3', commit: null },
    });
    expect(kept.author).toEqual({ name: 'Gr\\u{200B}ace\\u{202E}', email: 'grace@example.com' });
    expect(path).toBe(TURNED);
  });

  it('is inert in the authors of the texts that stand and that both sides changed', () => {
    const author = { name: 'Gr\u200Bace', email: 'grace@example.com' };
    const side = { author, at, version: '3', commit: null };
    const conflict = { id: '1', path: TURNED, at, winner: 'local', runId: '2' } as const;
    const shown = { author: { name: 'Gr\\u{200B}ace' }, at: at.toISOString(), version: '3', commit: null };
    expect(conflictView({ ...conflict, kept: side, stands: side, base: side })).toMatchObject({
      ...{ winner: 'dot', kept: shown, stands: shown, base: shown },
    });
  });
});
