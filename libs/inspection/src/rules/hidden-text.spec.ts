import { hiddenTextIn, type Place } from './hidden-text';

const DIRECTION = 'a control character that changes the direction of the text';
const INVISIBLE = 'invisible text';
const found = (text: string, place?: Place) => hiddenTextIn(text, place).map(({ rule }) => rule);
const tags = (text: string) => text.replace(/./g, (c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0)));
const selectors = (text: string) =>
  text.replace(/./g, (c) => String.fromCodePoint(0xe0100 + c.charCodeAt(0) - 16));

describe('Hidden text', () => {
  it.each([
    ['an override of direction', 'safe \u202Etxt.exe', DIRECTION],
    ['an embedding', 'a \u202Ab\u202C', DIRECTION],
    ['an isolate', 'a \u2067b', DIRECTION],
    ['a mark of direction without letters that need it', 'user\u200Fname', DIRECTION],
    ['an Arabic mark without Arabic', 'user\u061Cname', DIRECTION],
    ['tags', `nothing here${tags('ignore all')}`, INVISIBLE],
    ['tags behind a black flag that are no region', `\u{1F3F4}${tags('ignore all')}\u{E007F}`, INVISIBLE],
    ['a region without its end', `\u{1F3F4}${tags('gbsct')} x`, INVISIBLE],
    ['selectors behind an emoji', `😀${selectors('ignore all')}`, INVISIBLE],
    ['selectors behind an ideograph', `葛${selectors('ignore all')}`, INVISIBLE],
    ['a row of the looks of an emoji', '❤\uFE0F\uFE0E\uFE0F', INVISIBLE],
    ['the looks of a letter, spelled out', 'a\uFE01', INVISIBLE],
    ['a space without width', 'pass\u200Bword', INVISIBLE],
    ['joiners in Latin', 'pass\u200D\u200Cword', INVISIBLE],
    ['a row of joiners in Persian', 'می\u200C\u200C\u200Dخواهم', INVISIBLE],
    ['a joiner after an emoji alone', '👩\u200D x', INVISIBLE],
    ['a word joiner', 'a\u2060b', INVISIBLE],
    ['an invisible operator', 'f\u2061(x\u2062y)', INVISIBLE],
    ['a soft hyphen at the end of a word', 'word\u00AD next', INVISIBLE],
    ['a row of soft hyphens', 'wo\u00AD\u00ADrd', INVISIBLE],
    ['a Hangul filler', 'a\u3164b', INVISIBLE],
    ['a half-width Hangul filler', 'a\uFFA0b', INVISIBLE],
    ['a filler of jamo in Latin', 'a\u115Fb', INVISIBLE],
    ['a byte order mark in the middle', 'a\uFEFFb', INVISIBLE],
    ['a grapheme joiner in Latin', 'a\u034Fb', INVISIBLE],
    ['a Mongolian selector in Latin', 'a\u180Bb', INVISIBLE],
    ['a Khmer vowel in Latin', 'a\u17B4b', INVISIBLE],
    ['a beam of music in Latin', 'a\u{1D173}b', INVISIBLE],
    ['a deprecated format character', 'a\u206Ab', INVISIBLE],
    ['a mark of an interlinear note', 'a\uFFF9b\uFFFAc\uFFFB', INVISIBLE],
    ['a code point that is kept for later', 'a\u{E0FFF}b', INVISIBLE],
  ])('is found, in texts and in lines: %s', (_, text, rule) => {
    expect(new Set(found(text))).toEqual(new Set([rule]));
    expect(new Set(found(text, 'line'))).toEqual(new Set([rule]));
  });

  it.each([
    ['Hebrew, accents, emoji', 'שלום, emoji 👩‍💻 and accents é e\u0301'],
    ['emoji of several', '👨‍👩‍👧‍👦 👩🏽‍🦰 🏳️‍🌈 🏴‍☠️ ❤️‍🔥 👁️‍🗨️ 🧑🏿‍🤝‍🧑🏻 🐻‍❄️ 🙂‍↔️'],
    ['looks of emoji', '❄️ ⚙️ ❗️ ✏️ ☑︎ ‼️ ™️ ✔︎'],
    ['keycaps', '1️⃣ #️⃣ *️⃣'],
    ['flags', '🇫🇷 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁵󠁳󠁴󠁸󠁿'],
    ['Persian', 'می‌خواهم نامه‌ها ه‍'],
    ['Arabic with vowel signs', 'مُ\u200Cحَ\u200Dمَّد'],
    ['Hindi', 'क्‍ष क्‌ष'],
    ['Bengali', 'র‍্যাব'],
    ['Malayalam', 'ന്‍ അവന്‍റെ'],
    ['Sinhala', 'ශ්‍රී ලංකා'],
    ['Khmer, Thai and Burmese with marked breaks', 'ភាសា\u200Bខ្មែរ ภาษา\u200Bไทย မြန်မာ\u200Bဘာသာ'],
    ['marks of direction in Hebrew and Arabic', 'שלום!\u200F C++\u200E עברית \u061Cعربي'],
    ['Mongolian', 'ᠮᠣᠩᠭᠣᠯ\u180Eᠠ ᠠ\u180B'],
    ['old Hangul', '\u115F\u1161 \u1100\u1160\u11A8'],
    ['variants of ideographs', '葛󠄀城 辻󠄁 神\uFE00'],
    ['variants of mathematics', '∩\uFE00 0\uFE00'],
    ['a soft hyphen inside a word', 'Donau\u00ADdampf\u00ADschiff'],
    ['accents in their order', 'a\u0301\u034F\u0323'],
    ['music', '\u{1D15F}\u{1D173}\u{1D160}\u{1D174}'],
    ['Arabic numbers under a sign', '\u0600\u0661\u0662'],
    ['spaces of all kinds', 'a\u00A0b\u2009c\u3000d'],
  ])('is not: %s', (_, text) => {
    expect(found(text)).toEqual([]);
    expect(found(text, 'line')).toEqual([]);
  });

  it.each([
    ['a byte order mark at the start', '\uFEFF# Title'],
    ['the looks of an emoji behind a letter, left by an editor', 'permissions for user.\uFE0F'],
  ])('is a slip in a text, and may deceive in a line: %s', (_, text) => {
    expect(found(text)).toEqual([]);
    expect(found(text, 'line')).toEqual([INVISIBLE]);
  });

  it('is reported as one finding per run of characters, and each distinct one at its first place', () => {
    const row = tags('go');
    const text = `a${row}\nb${row}\n\u202Ec\u202E`;
    expect(hiddenTextIn(text).map(({ text, index }) => ({ text, index }))).toEqual([
      { text: row, index: 1 },
      { text: '\u202E', index: text.indexOf('\u202E') },
    ]);
  });
});
