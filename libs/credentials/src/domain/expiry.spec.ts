import { needsAttention, warningDue } from './expiry';

const NOW = new Date('2026-01-01T00:00:00Z');
const token = { expiresAt: null, selfRotation: false, rotation: null, warned: null };
const ending = (end: string | null) => ({ ...token, expiresAt: end === null ? null : new Date(end) });
const refused = { id: '', state: 'refused', at: '', problem: 'no' } as const;

describe('The end of a token', () => {
  it.each([
    [null, false, null],
    ['2026-01-15T00:00:01Z', false, null],
    ['2026-01-15T00:00:00Z', true, 14],
    ['2026-01-08T00:00:01Z', true, 14],
    ['2026-01-08T00:00:00Z', true, 7],
    ['2026-01-02T00:00:01Z', true, 7],
    ['2026-01-02T00:00:00Z', true, 1],
    ['2026-01-01T00:00:00Z', true, null],
  ])('%s needs care: %s, and a warning of %s days', (end, care, days) => {
    expect(needsAttention(ending(end), NOW)).toBe(care);
    expect(warningDue(ending(end), NOW)?.days ?? null).toBe(days);
  });

  it.each([
    [14, '2026-01-14T00:00:00.000Z', null],
    [14, '2026-01-07T00:00:00.000Z', 7],
    [1, '2026-01-07T00:00:00.000Z', null],
  ] as const)('after a warning of %i days, at %s: %s', (days, expiresAt, due) => {
    expect(warningDue({ ...ending(expiresAt), warned: { expiresAt, days } }, NOW)?.days ?? null).toBe(due);
  });

  it('is published again for another token', () => {
    const warned = { expiresAt: '2025-06-01T00:00:00.000Z', days: 1 } as const;
    expect(warningDue({ ...ending('2026-01-14T00:00:00Z'), warned }, NOW)?.days).toBe(14);
  });

  it.each([
    ['which renews itself', { selfRotation: true }, false, true],
    ['which could not renew itself', { selfRotation: true, rotation: refused }, true, true],
    ['which no longer renews itself', { selfRotation: false, rotation: refused }, true, true],
  ])('%s needs care at 14 and at 7 days: %j', (_, more, at14, at7) => {
    expect(needsAttention({ ...ending('2026-01-15T00:00:00Z'), ...more }, NOW)).toBe(at14);
    expect(needsAttention({ ...ending('2026-01-08T00:00:00Z'), ...more }, NOW)).toBe(at7);
  });

  it('has come already if its successor was lost', () => {
    expect(
      needsAttention({ ...ending('2027-01-01T00:00:00Z'), rotation: { ...refused, state: 'lost' } }, NOW),
    ).toBe(true);
  });
});
