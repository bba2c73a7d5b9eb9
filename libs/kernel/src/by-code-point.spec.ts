import { byCodePoint } from './by-code-point';

const TEXTS = [
  ...[
    '',
    'a',
    'aa',
    'ab',
    'b',
    'B',
    'é',
    '\ud7ff',
    '\ue000',
    '\uff5e',
    '\u{10000}',
    '\u{1f600}',
    '\u{10ffff}',
  ],
  ...['a\u{1f600}', 'a\uff5e', '\u{1f600}a', '\u{1f600}b', '\u{1f601}'],
];

describe('byCodePoint', () => {
  it('orders texts as their bytes in UTF-8', () => {
    for (const one of TEXTS)
      for (const other of TEXTS)
        expect(Math.sign(byCodePoint(one, other))).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)));
  });
});
