import { orgId } from '@app/kernel';
import { newRun } from '../domain/run';
import { NO_COUNTS } from '../domain/run-counts';
import { toRun, type StoredRun } from './stored-run';

describe('A stored run', () => {
  it('of a former version counts nothing that was not counted then', () => {
    const run = newRun('r1', orgId('acme'), 'pull', 'webhook', new Date(0));
    const { putBack: _, ...counts } = { ...NO_COUNTS, updated: 2 };
    const stored = { ...run, counts, error: null } as unknown as StoredRun;
    expect(toRun(stored).counts).toEqual({ ...NO_COUNTS, updated: 2 });
  });
});
