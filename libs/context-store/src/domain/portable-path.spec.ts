import { problemWithPath } from './path-rules';
import { notPortable } from './portable-path';

describe('notPortable', () => {
  it.each([
    ['notes/Q3: plan.md', 'Windows forbids : in names', 'notes/Q3 - plan.md'],
    ['notes/what?.md', 'Windows forbids ? in names', 'notes/what.md'],
    ['notes/a<b>|c"d*e.md', 'Windows forbids < in names', 'notes/a-b--c-d-e.md'],
    ['notes/CON.md', 'Windows reserves the name CON', 'notes/CON-file.md'],
    ['notes/nul', 'Windows reserves the name nul', 'notes/nul-file'],
    ['notes/com1.tar.md', 'Windows reserves the name com1', 'notes/com1-file.tar.md'],
    ['notes/LPT\u00b2.md', 'Windows reserves the name LPT\u00b2', 'notes/LPT\u00b2-file.md'],
    ['aux/a.md', 'Windows reserves the name aux', 'aux-file/a.md'],
    ['notes/drafts /a.md', 'a blank or dot at the end of a name', 'notes/drafts/a.md'],
    ['notes/v1./a.md', 'a blank or dot at the end of a name', 'notes/v1/a.md'],
    ['notes/?', 'Windows forbids ? in names', 'notes/-'],
  ])('says of %j why, and what instead', (path, why, instead) => {
    const found = notPortable(path);
    expect(found?.why).toContain(why);
    expect(found?.instead).toBe(instead);
    expect(notPortable(instead)).toBeNull();
    expect(problemWithPath(instead)).toBeNull();
  });

  it.each([
    'notes/a.md',
    'notes/Q3 - plan.md',
    'notes/console.md',
    'notes/com.md',
    'notes/com10.md',
    'notes/auxiliary/nullable.md',
    'notes/ leading.md',
    'notes/...md',
    'notes/a b #1 100%!.md',
    'notes/\u{1f98a}.md',
  ])('lets %j pass', (path) => expect(notPortable(path)).toBeNull());
});
