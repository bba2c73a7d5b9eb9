import { isDotGit } from './git-path-rules';

const name = (text: string) => JSON.stringify(text);

describe('isDotGit', () => {
  it.each([
    '.git',
    '.GIT',
    '.Git',
    'git~1',
    'GIT~1',
    '.git ',
    '.git.',
    '.git . .',
    'git~1.',
    '.git::$INDEX_ALLOCATION',
    '.git:stream.md',
    'GIT~1 :x',
    '.g\u200cit',
    '\u200e.git',
    '.gi\u202et\ufeff',
    '.G\u206aIT',
  ])('knows %j', (text) => expect([name(text), isDotGit(text)]).toEqual([name(text), true]));

  it.each([
    '.gitignore',
    '.gitattributes',
    '.github',
    'git',
    'git~2',
    'git~10',
    '.git.md',
    '.git .md',
    ' .git',
    '..git',
    'a.git',
    'digit~1',
    '.git\u200b',
    '',
  ])('lets %j pass', (text) => expect([name(text), isDotGit(text)]).toEqual([name(text), false]));
});
