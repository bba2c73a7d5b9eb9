import type { Commit, FileContent } from '@app/gitlab';
import type { Decision } from './decision';
import { editsOf, messageOf } from './pulled-edits';
import { notAFile, problemWithFile } from './remote-problems';

const ADA = { name: 'Ada', email: 'ada@example.com' };
const AT = new Date(0);
const content = Buffer.from('theirs');
const about = { path: 'a.md', local: 'ours', remote: 'theirs', asOf: 7 };
const commit = { id: 'c1', author: ADA, committedAt: AT };
const conflict = { ...about, kind: 'conflict', content, base: undefined, localFile: null, commit } as const;

describe('The edits of a pull', () => {
  it.each<[string, Decision, object[]]>([
    ['take a text', { ...about, kind: 'take', content }, [{ op: 'put', path: 'a.md', content }]],
    ['take a deletion', { ...about, kind: 'take', content: null }, [{ op: 'delete', path: 'a.md' }]],
    ['need no deletion of what is absent', { ...about, local: null, kind: 'take', content: null }, []],
    ['take the text that wins', { ...conflict, winner: 'remote' }, [{ op: 'put', path: 'a.md', content }]],
    [
      'keep the text that loses',
      { ...conflict, winner: 'local' },
      [{ op: 'keep', path: 'a.md', content, author: ADA, at: AT }],
    ],
    ['are none for equal texts', { ...about, kind: 'agree' }, []],
  ])('%s', (_, decision, edits) => expect(editsOf([decision])).toEqual(edits));
});

describe('The message of a pull', () => {
  const commits = (count: number) =>
    Array.from({ length: count }, (_, nth) => ({ message: `Title ${nth}\n\nBody`, author: ADA }) as Commit);

  it('is that of a single commit, or lists the last twenty titles', () => {
    expect(messageOf(commits(1))).toBe('Title 0\n\nBody');
    expect(messageOf(commits(2))).toBe('2 commits from GitLab\n\n- Title 0 (Ada)\n- Title 1 (Ada)');
    const lines = messageOf(commits(25)).split('\n');
    expect([lines.length, lines[0], lines[2]]).toEqual([22, '25 commits from GitLab', '- Title 5 (Ada)']);
  });
});

describe('A problem of a file on GitLab', () => {
  it.each([
    ['symlink', /symbolic link/],
    ['submodule', /submodule/],
    ['directory', /rename it/],
    ['file', /not a regular file/],
  ] as const)('that it is a %s', (kind, detail) => {
    expect(notAFile(kind)).toEqual({ reason: kind, detail: expect.stringMatching(detail), about: 'entry' });
  });

  it.each<[string, Partial<FileContent>, object | null]>([
    [
      'a link',
      { kind: 'symlink', bytes: content },
      { reason: 'symlink', detail: expect.stringContaining('symbolic') },
    ],
    ['nothing', { kind: 'file', bytes: content }, null],
    [
      'its size',
      { kind: 'file', size: 99 },
      { reason: 'too_big', detail: expect.stringMatching(/^99 bytes, .* limit of 10;/) },
    ],
  ])('that does not depend on its text: %s', (_, file, problem) => {
    expect(problemWithFile(file as FileContent, 10)).toEqual(problem);
  });
});
