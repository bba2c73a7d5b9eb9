import { inert } from './inert';

describe('inert', () => {
  it.each([
    ['a\0b\n', 'a\\u{0}b\\u{a}'],
    ['half \ud83d', 'half \\u{d83d}'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['ünï 🦊 👩‍💻', 'ünï 🦊 👩‍💻'],
  ])('shows %j as %j', (text, shown) => expect(inert(text)).toBe(shown));
});
