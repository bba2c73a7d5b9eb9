import { inert, inertLines } from './inert';

describe('A name from elsewhere in a sentence', () => {
  it.each([
    ['notes/gpj.\u202Edm', 'notes/gpj.\\u{202E}dm'],
    ['a\u200Bb\u2060c\u00ADd', 'a\\u{200B}b\\u{2060}c\\u{AD}d'],
    ['a\nb\r\u001B[31m\u0000', 'a\\u{A}b\\u{D}\\u{1B}[31m\\u{0}'],
    ['a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
    ['x\u{E0041}\u{E0100}', 'x\\u{E0041}\\u{E0100}'],
    ['half \uD83D', 'half \\u{D83D}'],
    ['pass\u200Dword\u200C', 'pass\\u{200D}word\\u{200C}'],
    ['a\u3164b\u115F', 'a\\u{3164}b\\u{115F}'],
    ['❄\uFE0F\uFE0F', '❄️\\u{FE0F}'],
    ['می\u200C\u200Cخ', 'می\u200C\\u{200C}خ'],
  ])('%j is shown as %j', (text, shown) => expect(inert(text)).toBe(shown));

  it.each(['notes/churn.md', 'é e\u0301 ß', 'می‌خواهم', 'क्‍ष', '❄️ 👩‍💻 👩🏽‍🦰 🏳️‍🌈 ❤️‍🔥', 'שלום', '葛城 한국어'])(
    '%j stays as it is',
    (text) => expect(inert(text)).toBe(text),
  );

  it('keeps the lines of a message', () => {
    expect(inertLines('Title\r\n\r\n\t- a\u202E\n- b\rc')).toBe('Title\r\n\r\n\t- a\\u{202E}\n- b\\u{D}c');
  });
});
