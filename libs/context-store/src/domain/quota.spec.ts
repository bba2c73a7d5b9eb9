import { exceeded } from './quota';

const quota = { maxBytes: 100, maxFiles: 10 };

describe('a quota', () => {
  it.each([
    ['a file that still fits', { bytes: 90, files: 9 }, { bytes: 100, files: 10 }, null],
    ['a byte too many', { bytes: 90, files: 1 }, { bytes: 101, files: 1 }, 'bytes'],
    ['a file too many', { bytes: 0, files: 10 }, { bytes: 0, files: 11 }, 'files'],
    ['a change of what is too much', { bytes: 200, files: 20 }, { bytes: 200, files: 20 }, null],
    ['less of what is too much', { bytes: 200, files: 20 }, { bytes: 150, files: 19 }, null],
    [
      'fewer bytes in more files, above the quota',
      { bytes: 200, files: 20 },
      { bytes: 150, files: 21 },
      'files',
    ],
    [
      'more bytes in fewer files, above the quota',
      { bytes: 200, files: 20 },
      { bytes: 201, files: 19 },
      'bytes',
    ],
    [
      'more files while only the bytes are too much',
      { bytes: 200, files: 5 },
      { bytes: 200, files: 6 },
      null,
    ],
  ])('is kept or exceeded by %s', (_, before, after, result) => {
    expect(exceeded(quota, before, after)).toBe(result);
  });
});
