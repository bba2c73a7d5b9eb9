import { DAY } from './expiry';
import { dueForRotation, type Rotation } from './rotation';

const NOW = new Date('2026-01-01T00:00:00Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);
const connection = {
  selfRotation: true,
  expiresAt: inDays(14),
  connectedAt: inDays(-100),
  ...{ rotatedAt: null, rotation: null, warned: null },
};
const rotation = (state: Rotation['state'], days: number): Rotation => ({
  ...{ id: '', state, at: inDays(days).toISOString(), problem: null },
});

describe('The time to rotate a token', () => {
  it.each([
    ['as long before its end as was asked for', {}, true],
    ['not before that', { expiresAt: inDays(14.01) }, false],
    ['not where nobody asked for it', { selfRotation: false }, false],
    ['not where it has no end', { expiresAt: null }, false],
    ['not where it is over', { expiresAt: inDays(0) }, false],
    [
      'not in the first half of what a short-lived one has left',
      { connectedAt: inDays(-9), expiresAt: inDays(10) },
      false,
    ],
    ['in the second half of it', { connectedAt: inDays(-10), expiresAt: inDays(10) }, true],
    ['counted from its last rotation', { rotatedAt: inDays(-1), expiresAt: inDays(6) }, false],
    ['not within a day of a refusal', { rotation: rotation('refused', -0.99) }, false],
    ['again a day after a refusal', { rotation: rotation('refused', -1) }, true],
    ['at once where another began it', { rotation: rotation('begun', 0), expiresAt: inDays(30) }, true],
    ['never again once it is lost', { rotation: rotation('lost', -9) }, false],
  ])('is %s', (_, more, due) => {
    expect(dueForRotation({ ...connection, ...more }, NOW, 14 * DAY)).toBe(due);
  });
});
