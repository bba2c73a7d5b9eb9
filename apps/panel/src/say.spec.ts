import { clip, Speech } from './say';
import { words } from './words';

const english = new Speech('en');

describe('Saying phrases', () => {
  it('chooses the plural form and writes numbers as the locale does', () => {
    const phrase = { one: '{n} file', other: '{n} files' };
    expect([0, 1, 2, 10_000].map((n) => english.say(phrase, { n }))).toEqual([
      '0 files',
      '1 file',
      '2 files',
      '10,000 files',
    ]);
    expect(new Speech('de').say(phrase, { n: 10_000 })).toBe('10.000 files');
  });

  it('splits a phrase at its marks, and inserts values as plain text', () => {
    const pieces = english.pieces('Open [{place}] of `{path}`, **now**.', {
      place: 'a `b` [c]',
      path: '**x**',
    });
    expect(pieces).toEqual([
      { kind: 'text', text: 'Open ' },
      { kind: 'link', text: 'a `b` [c]' },
      { kind: 'text', text: ' of ' },
      { kind: 'code', text: '**x**' },
      { kind: 'text', text: ', ' },
      { kind: 'bold', text: 'now' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('cuts a long name and keeps the whole of it', () => {
    const path = `notes/${'long'.repeat(80)}.md`;
    const [, piece] = english.pieces('See `{path}`', { path });
    expect([...piece.text]).toHaveLength(200);
    expect(piece.text.endsWith('…')).toBe(true);
    expect(piece.whole).toBe(path);
    expect(clip('👩‍🚀'.repeat(3), 2)).toBe('👩…');
  });

  it('isolates a name that runs from right to left', () => {
    expect(english.say('by {name}', { name: 'עדה' })).toBe('by \u2068עדה\u2069');
    expect(english.say('by {name}', { name: 'a\u202Eb' })).toBe('by \u2068a\u202Eb\u2069');
    expect(english.say('by {name}', { name: 'Ada' })).toBe('by Ada');
  });

  it('leaves a hole that nothing fills visible, so that a test sees it', () => {
    expect(english.say('by {name}')).toBe('by {name}');
  });
});

describe('The words of the page', () => {
  const all = Object.entries(words).flatMap(([area, phrases]) =>
    Object.entries(phrases).flatMap(([name, phrase]) =>
      (typeof phrase === 'string' ? [phrase] : Object.values(phrase)).map((text) => [
        `${area}.${name}`,
        text,
      ]),
    ),
  );

  it('hold to the tone: no exclamation, no please, no blame, no success', () => {
    const wrong = all.filter(([, text]) => /!(?!\{)|\bplease\b|success|invalid|\berror\b|’/i.test(text));
    expect(wrong).toEqual([]);
  });

  it('count with a plural form for one and for others wherever they count', () => {
    const bare = Object.entries(words).flatMap(([area, phrases]) =>
      Object.entries(phrases)
        .filter(([, phrase]) => typeof phrase === 'string' && /\{n\} (file|change|commit)s?\b/.test(phrase))
        .map(([name]) => `${area}.${name}`),
    );
    expect(bare).toEqual([]);
  });
});
