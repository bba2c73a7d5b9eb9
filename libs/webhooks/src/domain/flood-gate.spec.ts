import { orgId } from '@app/kernel';
import type { Delivery } from './delivery';
import { FloodGate } from './flood-gate';

const NOON = Date.parse('2026-01-01T12:00:00Z');

/** A gate that names the row of each delivery: its own or an earlier one. */
function gateOf() {
  const gate = new FloodGate();
  let written = 0;
  const rowOf = (
    more: { org?: string; ms?: number; event?: string; outcome?: 'accepted' | 'refused' } = {},
  ) => {
    const id = `${++written}`;
    const { org = 'acme', ms = 0, event = 'Push Hook', outcome = 'accepted' } = more;
    const verdict =
      outcome === 'accepted' ? { outcome, reason: null } : { outcome, reason: 'secret_wrong' as const };
    const arrival = {
      id,
      org: orgId(org),
      at: new Date(NOON + ms),
      event,
      commit: null,
      coalesced: 0,
      runId: null,
    };
    return gate.rowFor({ ...arrival, ...verdict } as Delivery) ?? `own ${id}`;
  };
  return { gate, rowOf };
}

const times = <T>(count: number, what: (nth: number) => T) =>
  Array.from({ length: count }, (_, nth) => what(nth));

describe('The log of one org in one second', () => {
  it('has ten rows; further deliveries count on the last of their kind', () => {
    const { rowOf } = gateOf();
    expect(times(10, () => rowOf())).toEqual(times(10, (nth) => `own ${nth + 1}`));
    expect([
      rowOf({ ms: 999 }),
      rowOf({ event: 'Tag Push Hook' }),
      rowOf({ event: 'Tag Push Hook' }),
      rowOf(),
    ]).toEqual(['10', 'own 12', '12', '10']);
  });

  it('begins again with the next second, for another org, and after rows that were not written', () => {
    const { gate, rowOf } = gateOf();
    times(11, () => rowOf());
    expect(rowOf({ org: 'other' })).toBe('own 12');
    expect(rowOf({ ms: 1_000 })).toBe('own 13');
    times(11, () => rowOf({ ms: 1_000 }));
    gate.reset();
    expect(rowOf({ ms: 1_000 })).toBe('own 25');
  });

  it('has one row for refusals of one kind, whatever event their sender names', () => {
    const { rowOf } = gateOf();
    const refused = (event: string) => rowOf({ event, outcome: 'refused' });
    expect([refused('Push Hook'), refused('Push Hook'), refused('Any Hook'), rowOf()]).toEqual([
      'own 1',
      '1',
      '1',
      'own 4',
    ]);
  });

  it('knows thirty kinds; further events share one, and known ones keep theirs', () => {
    const { rowOf } = gateOf();
    times(30, (nth) => rowOf({ event: `Hook ${nth}` }));
    expect([rowOf({ event: 'Hook 30' }), rowOf({ event: 'Hook 31' }), rowOf({ event: 'Hook 29' })]).toEqual([
      'own 31',
      '31',
      '30',
    ]);
  });
});
