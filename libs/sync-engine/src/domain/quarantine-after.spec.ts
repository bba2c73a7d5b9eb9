import type { Decision } from './decision';
import { QUOTA_EXCEEDED, type Quarantined } from './findings';
import { quarantinedBy, releasedBy, waitsForRoom, type RemoteLook } from './quarantine-after';

const NOON = new Date('2026-01-01T12:00:00Z');
const broken = { kind: 'quarantine', remote: 'r1', reason: 'yaml_invalid', detail: 'why' } as const;
const decided = (...decisions: object[]) => decisions as readonly Decision[];
const look = (reasons: Record<string, string>, more: Partial<RemoteLook> = {}): RemoteLook => ({
  quarantined: new Map(Object.entries(reasons).map(([path, reason]) => [path, { reason } as Quarantined])),
  changed: new Map(),
  tree: null,
  ...more,
});

describe('The quarantine after a pull', () => {
  it('has the files that were not admitted, with the place if there is one', () => {
    const decisions = decided(
      { ...broken, path: 'a.yaml', line: 3, column: 0 },
      { ...broken, path: 'b.md', size: 0 },
      { kind: 'agree', path: 'c.md' },
    );
    const held = { side: 'remote', blob: 'r1', reason: 'yaml_invalid', detail: 'why', at: NOON };
    expect(quarantinedBy(decisions, NOON)).toStrictEqual([
      { ...held, path: 'a.yaml', line: 3, column: 0 },
      { ...held, path: 'b.md', size: 0 },
    ]);
  });

  it.each<[string, Partial<RemoteLook>, string[]]>([
    ['compared paths', { changed: new Map([['gone.md', null]]) }, ['good.md', 'gone.md']],
    ['a whole tree', { tree: {}, changed: new Map([['there.md', {}]]) }, ['good.md', 'gone.md']],
  ])('releases files that are good or gone, by %s', (_, more, released) => {
    const before = look({ 'good.md': 'x', 'bad.md': 'x', 'there.md': 'x', 'gone.md': 'x' }, more);
    const decisions = decided({ kind: 'take', path: 'good.md' }, { ...broken, path: 'bad.md' });
    expect(releasedBy(decisions, before)).toEqual(released);
  });

  it.each([
    [{ 'a.md': 'yaml_invalid', 'b.md': QUOTA_EXCEEDED }, true],
    [{ 'a.md': 'yaml_invalid' }, false],
    [{}, false],
  ])('knows if files wait for room: %j', (reasons, waits) => {
    expect(waitsForRoom(look(reasons))).toBe(waits);
  });
});
