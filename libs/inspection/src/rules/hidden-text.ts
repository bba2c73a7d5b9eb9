import type { Match } from './credentials';

/** `line` is a name, an author or a message. An editor's slip that is harmless in a text may deceive there. */
export type Place = 'text' | 'line';

const DIRECTION = 'a control character that changes the direction of the text';
const INVISIBLE = 'invisible text';

const HIDDEN = '\\p{Default_Ignorable_Code_Point}';
/** Invisible characters by Unicode's own properties, and the marks of interlinear notes, which it calls visible. */
const CHANGES_DIRECTION = /\p{Bidi_Control}/u;
const SUSPECT = new RegExp(`[${HIDDEN}\\p{Bidi_Control}\\p{Variation_Selector}\\uFFF9-\\uFFFB]`, 'gu');

const scripts = (names: string) => names.replace(/\S+/g, '\\p{scx=$&}').replace(/ /g, '');
/** Scripts whose spelling needs joiners. `scx` includes the vowel signs and marks that several scripts share. */
const JOINING = scripts(
  'Arab Syrc Mand Mong Nkoo Phag Adlm Rohg Sogd Mani Tfng Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Gran Tirh ' +
    'Newa Khmr Mymr Tibt Java Bali Sund Lana Cakm Sylo Sidd Modi Shrd Kthi',
);
/** Scripts without spaces between words, in which an invisible character allows a line break. */
const UNSPACED = scripts('Thai Laoo Khmr Mymr Tibt Tale Talu Lana Java Bali Hani Hira Kana');
const RIGHT_TO_LEFT = scripts('Hebr Arab Syrc Thaa Nkoo Samr Mand Adlm Rohg');
const EMOJI = '\\p{Extended_Pictographic}';
const JAMO = '\\u1100-\\u11FF\\uA960-\\uA97C\\uD7B0-\\uD7FB';
const NOTES = '\\u{1D100}-\\u{1D1FF}';

/** Matches the character before the suspect one with a lookbehind, so that only suspect characters cost time. */
const after = (characters: string) => `(?<=[${characters}].)(?<!${HIDDEN}.)`;
const before = (characters: string) => `(?=[${characters}])(?!${HIDDEN})`;
const beside = (suspect: string, characters: string) =>
  `${suspect}(?:${after(characters)}|${before(characters)})`;

/** Legitimate short sequences that begin at a suspect character. */
const LEGAL = [
  `\\u200D(?<=[${EMOJI}\\p{Emoji_Modifier}\\uFE0F\\u{E007F}].)(?=${EMOJI})`, // emoji of several, such as a profession
  `[\\uFE0E\\uFE0F]${after('\\p{Emoji}\\p{So}')}`, // how an emoji looks, and keycaps
  // The flag of a region: a black flag, its code in tags, the end.
  '[\\u{E0061}-\\u{E007A}]{2}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,3}\\u{E007F}(?<=\\u{1F3F4}.{4,6})',
  beside('[\\u200C\\u200D]', JOINING),
  `\\u200B${after(UNSPACED)}${before(UNSPACED)}`,
  // Direction marks near letters of scripts that are written from right to left.
  `[\\u061C\\u200E\\u200F](?<=[${RIGHT_TO_LEFT}][^\\n${HIDDEN}]{0,20}.)(?<!${HIDDEN}.)`,
  `[\\u061C\\u200E\\u200F](?!${HIDDEN})(?=[^\\n${HIDDEN}]{0,20}[${RIGHT_TO_LEFT}])`,
  `\\u00AD${after('\\p{L}\\p{M}')}${before('\\p{L}\\p{M}')}`, // allows a word to break
  `\\u034F${after('\\p{L}\\p{M}')}${before('\\p{M}')}`, // keeps accents in their order
  `[\\uFE00-\\uFE02]${after('\\p{scx=Hani}\\p{Sm}\\p{sc=Mymr}\\p{sc=Phag}\\p{sc=Mani}0\\u3000-\\u303F\\uFF01-\\uFF60')}`,
  `[\\u{E0100}-\\u{E011F}]${after('\\p{sc=Han}')}`, // variants of ideographs, mostly in names of people and places
  beside('[\\u180B-\\u180F]', scripts('Mong')),
  beside('[\\u115F\\u1160]', JAMO),
  `[\\u17B4\\u17B5]${after(scripts('Khmr'))}`,
  beside('[\\u{1D173}-\\u{1D17A}]', NOTES),
  `[\\u{1BCA0}-\\u{1BCA3}]${after(scripts('Dupl'))}`,
];
/** Traces of editors in texts. One of them carries no message; only a sequence does. */
const SLIPS = [`[\\uFE0E\\uFE0F]${after('^\\s')}`, '(?<![^])\\uFEFF'];

const LEGAL_IN: Readonly<Record<Place, RegExp>> = {
  text: new RegExp([...LEGAL, ...SLIPS].join('|'), 'uy'),
  line: new RegExp(LEGAL.join('|'), 'uy'),
};

/**
 * Returns text that people cannot see but an AI reads: direction controls, and sequences of other invisible
 * characters. Returns each distinct one once, at its first position.
 */
export function hiddenTextIn(text: string, place: Place = 'text'): Match[] {
  const found = new Map<string, Match>();
  for (const { rule, start, end } of rowsIn(text, LEGAL_IN[place])) {
    const row = text.slice(start, end);
    if (!found.has(row)) found.set(row, { reason: 'hidden_control', rule, text: row, index: start });
  }
  return [...found.values()];
}

interface Row {
  readonly rule: string;
  readonly start: number;
  end: number;
}

function* rowsIn(text: string, legal: RegExp): Generator<Row> {
  let row: Row | undefined;
  for (let at = 0; ;) {
    SUSPECT.lastIndex = at;
    if (!SUSPECT.test(text)) break;
    at = SUSPECT.lastIndex;
    const start = isLowSurrogate(text.charCodeAt(at - 1)) ? at - 2 : at - 1;
    legal.lastIndex = start;
    if (legal.test(text)) {
      at = legal.lastIndex;
      continue;
    }
    const rule = CHANGES_DIRECTION.test(text.slice(start, at)) ? DIRECTION : INVISIBLE;
    if (rule === INVISIBLE && row?.rule === INVISIBLE && row.end === start) {
      row.end = at;
      continue;
    }
    if (row) yield row;
    row = { rule, start, end: at };
  }
  if (row) yield row;
}

const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
