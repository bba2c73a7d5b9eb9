import { winnerOf, type ConflictPolicy } from './conflict';
import type { Side } from './side';

const NOW = 10;

describe('winnerOf', () => {
  it.each<[string, number, number, ConflictPolicy, Side]>([
    ['Dot was later', 5, 4, 'newest', 'local'],
    ['GitLab was later', 4, 5, 'newest', 'remote'],
    ['a tie goes to GitLab', 5, 5, 'newest', 'remote'],
    ['a commit from the future counts as seen now: Dot was earlier', 9, 50, 'newest', 'remote'],
    ['a commit from the future counts as seen now: Dot is later still', 11, 50, 'newest', 'local'],
    ['the policy says Dot', 1, 9, 'local', 'local'],
    ['the policy says GitLab', 9, 1, 'remote', 'remote'],
  ])('%s', (_, local, remote, policy, winner) => {
    const times = { local: new Date(local), remote: new Date(remote), seen: new Date(NOW) };
    expect(winnerOf(times, policy)).toBe(winner);
  });
});
