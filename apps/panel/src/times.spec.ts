import { Speech } from './say';
import { Times } from './times';

const NOW = Date.parse('2026-11-29T14:08:11Z');
const times = new Times(new Speech('en-GB'), 'Europe/Berlin');
const before = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

describe('Times', () => {
  it.each([
    [0.5, 'just now'],
    [6, '6 min ago'],
    [59, '59 min ago'],
    [60, '1 hr ago'],
    [23 * 60, '23 hr ago'],
    [24 * 60, 'yesterday'],
    [48 * 60, '27 November 2026'],
    [-2, 'in 2 min'],
  ])('%s minutes ago is said as %s', (minutes, text) => {
    expect(times.ago(before(minutes), NOW)).toBe(text);
  });

  it('writes units in full if there is room', () => {
    expect(times.ago(before(6), NOW, 'long')).toBe('6 minutes ago');
  });

  it('says when the sync continues: in a minute at the soonest, and now if that time has passed', () => {
    expect([-2, -0.2, 1].map((minutes) => times.until(before(minutes), NOW))).toEqual([
      'in 2 min',
      'in 1 min',
      'now',
    ]);
    expect(times.until(null, NOW)).toBe('now');
  });

  it('shows the clock on the same day and the date on others, in the zone of who looks', () => {
    expect(times.clock('2026-11-29T13:46:40Z', NOW)).toBe('14:46');
    expect(times.clock('2026-11-28T23:30:00Z', NOW)).toBe('00:30');
    expect(times.clock('2026-11-28T13:46:40Z', NOW)).toBe('28 November 2026');
    expect(times.dayAndHour('2026-11-28T09:12:00Z', NOW)).toBe('yesterday at 10:12');
  });

  it('is exact in the title, in local time and in UTC', () => {
    expect(times.precise('2026-11-29T14:02:11Z')).toBe('29 Nov 2026, 15:02:11 CET · 2026-11-29 14:02:11 UTC');
  });

  it('says how long a run took', () => {
    expect([12, 1_400, 200_000].map((ms) => times.span(ms))).toEqual(['12 ms', '1 sec', '3 mins']);
  });
});
