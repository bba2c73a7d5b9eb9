import { errorBodyOf, type ErrorBody } from './error-body';

const HTML = { 'content-type': 'text/html' };
const read = (body: unknown, headers: Record<string, string> = {}) =>
  errorBodyOf({
    status: 400,
    headers,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });

/** Nests a text as often as that. */
const nested = (text: string, times: number): unknown => (times ? [nested(text, times - 1)] : text);
const attributed = (text: string, times: number): unknown =>
  times ? { base: attributed(text, times - 1) } : text;

describe('The text of an error', () => {
  it.each<[string, unknown, string]>([
    ['a sentence', { message: 'No' }, 'No'],
    ['an error without a message', { error: 'No' }, 'No'],
    ['the description before the code', { error: 'no', error_description: 'Not so' }, 'Not so'],
    ['a list', { message: ['No', 'Never'] }, 'No, Never'],
    [
      'lists by attribute',
      { message: { name: ['is long', 'is odd'], path: ['is taken'] } },
      'name is long, is odd; path is taken',
    ],
    ['what is about no attribute', { message: { base: ['No'], error: 'Never' } }, 'No; Never'],
    ['a number', { message: 7 }, '7'],
    ['a list with gaps', { message: ['No', null] }, 'No, '],
    ['lists in lists', { message: nested('No', 4) }, 'No'],
    ['lists that are too deep', { message: nested('No', 5) }, ''],
    ['attributes in attributes', { message: attributed('No', 4) }, 'No'],
    ['attributes that are too deep', { message: attributed('No', 5) }, ''],
    ['the first error of GraphQL', { errors: [{ message: 'No' }, { message: 'Never' }] }, 'No'],
    ['errors that are no list', { errors: 'No' }, ''],
    ['errors without a message', { errors: [{}] }, ''],
    ['errors that are null', { errors: [null] }, ''],
    ['nothing', {}, ''],
    ['null', 'null', 'null'],
    ['plain text', ' Retry later\n', 'Retry later'],
    ['a web page', '<html>No</html>', ''],
    ['the beginning of a long plain text', 'x'.repeat(600), 'x'.repeat(500)],
    ['the beginning of a long sentence', { message: 'x'.repeat(1_100) }, 'x'.repeat(1_000)],
    ['the line breaks of a hook', { message: 'No\r\n\tnever\n\nso' }, 'No\r\n\tnever\n\nso'],
    ['an escaped character', { message: 'a\u0000\nb\u202e' }, 'a\\u{0}\nb\\u{202E}'],
  ])('is %s', (_, body, text) => expect(read(body).text).toBe(text));

  it('is none for a page that names its type', () => {
    expect(read('No', HTML)).toMatchObject({ text: '', json: false });
  });
});

describe('An error', () => {
  it.each<[string, unknown, Record<string, string>, Partial<ErrorBody>]>([
    ['a code', { error: 'invalid_token' }, {}, { code: 'invalid_token' }],
    ['no code in a list', { error: ['a'] }, {}, { code: '' }],
    ['no code without an error', {}, {}, { code: '' }],
    ['the scopes it needs', { scope: ' api,  read_api ' }, {}, { neededScopes: ['api', 'read_api'] }],
    ['no scopes', {}, {}, { neededScopes: [] }],
    ['a place to go to', {}, { location: '/x' }, { location: '/x' }],
    ['no place to go to', {}, {}, { location: '' }],
    ['JSON', {}, {}, { json: true, status: 400 }],
    ['no body', '', {}, { json: true, text: '' }],
    ['broken JSON', '{', {}, { json: false, text: '{' }],
    ['JSON that is no object', '7', {}, { json: false }],
    ['a null', 'null', {}, { json: false }],
  ])('has %s', (_, body, headers, expected) => expect(read(body, headers)).toMatchObject(expected));
});
