import { isPingPong, type PathVersion } from './ping-pong';

const NOW = new Date('2026-01-01T12:00:00Z');

/** `d1 g2 d1 …`: who wrote which content, newest first, a minute apart. */
const versions = (text: string, minutesApart = 1): PathVersion[] =>
  text.split(' ').map((word, i) => ({
    fromGitLab: word.startsWith('g'),
    blob: word.slice(1),
    at: new Date(NOW.getTime() - i * minutesApart * 60_000),
  }));

describe('isPingPong', () => {
  it.each<[string, PathVersion[], boolean]>([
    ['both sides alternate between two contents', versions('d1 g2 d1 g2 d1 g2 d1 g2'), true],
    ['it has not gone on for long', versions('d1 g2 d1 g2 d1 g2'), false],
    ['a third content came in', versions('d3 g2 d1 g2 d1 g2 d1 g2'), false],
    ['people take turns with new texts', versions('d1 g2 d3 g4 d5 g6 d7 g8'), false],
    ['one side alone goes back and forth', versions('d1 d2 d1 d2 d1 d2 d1 d2'), false],
    ['it took more than an hour', versions('d1 g2 d1 g2 d1 g2 d1 g2', 10), false],
  ])('%s: %#', (_, newest, expected) => {
    expect(isPingPong(newest, NOW)).toBe(expected);
  });
});
