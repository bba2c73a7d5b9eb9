import { nextPage } from './next-page';

describe('nextPage', () => {
  it.each([
    [
      'a keyset token',
      { link: '<https://x/api/v4/p?page_token=feature%2Fone&per_page=2>; rel="next"' },
      { name: 'page_token', value: 'feature/one' },
    ],
    [
      'an id',
      { link: '<https://x/api/v4/projects?id_after=42>; rel="next"' },
      { name: 'id_after', value: '42' },
    ],
    [
      'the next among other links',
      {
        link: '<https://x/a?page=1>; rel="first", <https://x/a?page=3>; rel="next", <https://x/a?page=9>; rel="last"',
      },
      { name: 'page', value: '3' },
    ],
    ['a page number', { 'x-next-page': '4' }, { name: 'page', value: '4' }],
    [
      'nothing on another host but its position',
      { link: '<https://evil.example/?page_token=t>; rel="next"' },
      { name: 'page_token', value: 't' },
    ],
  ])('takes %s out of the headers', (_what, headers, expected) => {
    expect(nextPage(headers as unknown as Record<string, string>)).toEqual(expected);
  });

  it.each([
    ['no header', {}],
    ['an empty one', { 'x-next-page': '' }],
    ['only the first page linked', { link: '<https://x/a?page=1>; rel="first"' }],
    ['a link without position', { link: '<https://x/a>; rel="next"' }],
  ])('sees the last page by %s', (_what, headers) => {
    expect(nextPage(headers as Record<string, string>)).toBeNull();
  });
});
