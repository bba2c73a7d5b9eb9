import { path, withQuery } from './api-path';

describe('path', () => {
  it.each([
    ['feature/one', 'feature%2Fone'],
    ['a b#c%?.md', 'a%20b%23c%25%3F%2Emd'],
    ['🦊/é', '%F0%9F%A6%8A%2F%C3%A9'],
    ['e\u0301', 'e%CC%81'],
    ['a/../b', 'a%2F%2E%2E%2Fb'],
  ])('encodes %s once, dots included', (name, encoded) => {
    expect(path`/projects/${7}/repository/files/${name}/raw`).toBe(
      `/projects/7/repository/files/${encoded}/raw`,
    );
    expect(decodeURIComponent(encoded)).toBe(name);
  });
});

describe('withQuery', () => {
  it('leaves out absent values and encodes the rest', () => {
    expect(withQuery('/x', { a: undefined, b: null, c: 'a b&c=d+é', d: false, e: 0 })).toBe(
      '/x?c=a%20b%26c%3Dd%2B%C3%A9&d=false&e=0',
    );
    expect(withQuery('/x')).toBe('/x');
  });
});
