import { MAX_LINE, problemWithLine } from './line-check';

/** Built here, so that no scanner reports this file as a leak. */
const TOKEN = `glpat-${'a1B2c3D4e5F6g7H8i9J0'}`;

describe('A name, an author or a message', () => {
  it.each([
    ['notes/churn.md', null],
    ['Explain the churn report\n\n- why\r\n\t- how', null],
    ['Ada Lovelace', null],
    ['ada@example.com', null],
    ['notes/❄️ Snowflake 👩‍💻.md', null],
    ['notes/می‌خواهم.md', null],
    [`use ${TOKEN} here`, 'holds a GitLab token'],
    [`notes/${TOKEN}.md`, 'holds a GitLab token'],
    ['see postgres://report:hunter2@db.acme.com/sales', 'holds a password in a URL'],
    ['notes/gpj.\u202Edm', 'holds a control character that changes the direction of the text'],
    ['notes/a\u200B.md', 'holds invisible text'],
    ['\uFEFFnotes', 'holds invisible text'],
    ['red \u001B[31m', 'holds a control character'],
    ['a\u0000b', 'holds a control character'],
    ['a'.repeat(MAX_LINE), null],
    ['a'.repeat(MAX_LINE + 1), 'is longer than 65536 characters'],
  ])('%j: %j', (text, problem) => expect(problemWithLine(text)).toBe(problem));
});
