import { isMassDelete } from './mass-delete';

describe('isMassDelete', () => {
  it.each<[number, number, boolean]>([
    [0, 0, false],
    [1, 1, false],
    [2, 2, true],
    [9, 10, false],
    [10, 10, true],
    [10, 12, false],
    [11, 12, true],
    [11, 44, false],
    [12, 44, true],
    [100, 5000, false],
  ])('%i of %i: %s', (deletions, files, answer) => {
    expect(isMassDelete(deletions, files)).toBe(answer);
  });
});
