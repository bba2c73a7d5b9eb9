import { authorOf } from './author';

describe('the author of a commit', () => {
  it.each([
    ['what the token says', ['u1', 'Ada', 'ada@example.com'], 'Ada', 'ada@example.com'],
    ['the subject where it says nothing', ['u1'], 'u1', 'u1@dot.invalid'],
    ['a name without an address', ['u1', 'Ada'], 'Ada', 'u1@dot.invalid'],
    ['a subject that is no address', ['auth0|5f/..', 'Ada'], 'Ada', 'auth0-5f@dot.invalid'],
    [
      'brackets and line breaks left out',
      ['u1', 'Ada <x>\nEvil', '<ada@example.com>\r\n'],
      'Ada x Evil',
      'ada@example.com',
    ],
    ['direction marks left out', ['u1', 'A\u202Eda'], 'A da', 'u1@dot.invalid'],
    ['claims of another type', ['u1', 7, { a: 1 }], 'u1', 'u1@dot.invalid'],
    ['only unusable characters', ['<>', '\u0000', 'none'], 'Dot user', 'user@dot.invalid'],
  ])('is %s', (_, claims, name, email) => {
    const [subject, ownName, ownEmail] = claims as [string, unknown, unknown];
    expect(authorOf(subject, ownName, ownEmail)).toEqual({ name, email });
  });
});
