import { winnerOf, type ConflictPolicy, type Winner } from './conflict';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));

describe('winnerOf', () => {
  it.each<[string, number, number, ConflictPolicy, Winner]>([
    ['Dot was later', 5, 4, 'newest', 'dot'],
    ['GitLab was later', 4, 5, 'newest', 'gitlab'],
    ['a tie goes to GitLab', 5, 5, 'newest', 'gitlab'],
    ['a commit from the future counts as seen now: Dot was earlier', 9, 50, 'newest', 'gitlab'],
    ['a commit from the future counts as seen now: Dot is later still', 11, 50, 'newest', 'dot'],
    ['the policy says Dot', 1, 9, 'dot', 'dot'],
    ['the policy says GitLab', 9, 1, 'gitlab', 'gitlab'],
  ])('%s', (_, dot, gitlab, policy, winner) => {
    expect(winnerOf({ dot: at(dot), gitlab: at(gitlab), seen: at(10) }, policy)).toBe(winner);
  });
});
