import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { parseKeyRing } from './key-ring';

const KEY = randomBytes(32).toString('base64');
const OTHER = randomBytes(32).toString('base64');

describe('A key ring', () => {
  it('wraps with the first key and unwraps with all', () => {
    const ring = parseKeyRing(` 2026:${KEY}, 2025:${OTHER} `);
    expect(ring.current().id).toBe('2026');
    expect(ring.find('2025')?.key.export().toString('base64')).toBe(OTHER);
  });

  it.each([
    ['', 'there is no key'],
    ['  ', 'there is no key'],
    [KEY, 'entry 1 has no colon between id and key'],
    [`a:${KEY},`, 'entry 2 has no colon between id and key'],
    [`:${KEY}`, 'entry 1 has an id that is not 1 to 64 letters, digits, dashes or underscores'],
    [`a.b:${KEY}`, 'entry 1 has an id that is not 1 to 64 letters, digits, dashes or underscores'],
    [`${KEY}:a`, 'entry 1 has an id that is not 1 to 64 letters, digits, dashes or underscores'],
    ['a:not base64!', 'entry 1 has a key that is not base64'],
    ['a:', 'entry 1 has a key that is not base64'],
    [`a:${KEY},b:c2hvcnQ=`, 'entry 2 has a key of 5 bytes instead of 32'],
    [`a:${KEY},b:${OTHER},a:${OTHER}`, 'entry 3 repeats the id of an earlier entry'],
  ])('%# names the problem and never the value', (text, problem) => {
    expect(() => parseKeyRing(text)).toThrow(new Error(problem));
  });

  it('does not print its keys', () => {
    const printed = inspect(parseKeyRing(`a:${KEY}`), { depth: 9, showHidden: true });
    expect(printed).not.toContain(KEY);
    expect(JSON.stringify(parseKeyRing(`a:${KEY}`))).not.toContain(KEY);
  });
});
