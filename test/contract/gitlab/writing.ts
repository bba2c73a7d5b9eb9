import type { CommitAction, CommitMade, CommitRequest } from '@app/gitlab';
import { blobOf } from '@app/kernel';
import { collectFiles, textOf } from './collect';
import { NOWHERE } from './subject';
import type { Arrange, Subject } from './subject';

const AUTHOR = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** One commit per request, guarded against what others did meanwhile (docs/gitlab-api.md#writing). */
export function describeWriting(arrange: Arrange): void {
  let subject: Subject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  const commit = (base: string | null, ...actions: CommitAction[]): Promise<CommitMade> =>
    subject.gitlab.commit(subject.repo, request(base, actions));
  const head = async () => (await subject.gitlab.branch(subject.repo.projectId, subject.repo.branch)).head.id;
  const text = (at: string, path: string) => textOf(subject.gitlab, subject.repo, at, path);

  describe('a commit', () => {
    it('holds all its actions, its author and its message', async () => {
      const base = await subject.push({ files: { 'u.md': 'u\n', 'd.md': 'd\n', 'm.md': 'm\n' } });
      const message = 'Change four files\n\nDot-Change-Id: 1';
      const actions = [
        create('c.md', 'c\n'),
        update('u.md', 'new\n'),
        remove('d.md'),
        move('m.md', 'dir/n.md'),
      ];
      const made = await subject.gitlab.commit(subject.repo, { message, author: AUTHOR, actions, base });
      expect(made.parents).toEqual([base]);
      expect(await head()).toBe(made.id);
      const stored = await subject.gitlab.commitById(subject.repo, made.id);
      expect(stored.author).toEqual(AUTHOR);
      expect(stored.message.trimEnd()).toBe(message);
      expect(stored.committedAt).toEqual(made.committedAt);
      const tree = await subject.gitlab.tree(subject.repo, made.id);
      expect([...tree.keys()].sort()).toEqual(['README.md', 'c.md', 'dir/n.md', 'u.md']);
      expect(await text(made.id, 'u.md')).toBe('new\n');
      expect(await text(made.id, 'dir/n.md')).toBe('m\n');
    });

    it('keeps bytes that are no text', async () => {
      const bytes = Buffer.from([0, 255, 254, 13, 10, 0]);
      const made = await commit(await head(), { op: 'create', path: 'a.md', content: bytes });
      const files = await collectFiles(subject.gitlab, subject.repo, made.id, ['a.md']);
      expect(files.get('a.md')).toMatchObject({ bytes, blob: blobOf(bytes) });
    });

    it('turns CRLF into LF', async () => {
      const made = await commit(await head(), create('a.md', 'one\r\ntwo\r\n'));
      expect(await text(made.id, 'a.md')).toBe('one\ntwo\n');
    });

    it('may change a file it moves', async () => {
      const base = await subject.push({ files: { 'a.md': 'a\n' } });
      const made = await commit(base, {
        op: 'move',
        from: 'a.md',
        path: 'b.md',
        content: Buffer.from('b\n'),
      });
      expect(await text(made.id, 'b.md')).toBe('b\n');
      expect(await text(made.id, 'a.md')).toBeNull();
    });

    it('may make a file empty', async () => {
      const base = await subject.push({ files: { 'a.md': 'a\n' } });
      const made = await commit(base, update('a.md', ''));
      expect(await text(made.id, 'a.md')).toBe('');
    });

    it('is made even if it changes nothing', async () => {
      const base = await subject.push({ files: { 'a.md': 'a\n' } });
      const made = await commit(base, update('a.md', 'a\n'));
      expect(made.id).not.toBe(base);
      expect((await subject.gitlab.changesSince(subject.repo, base)).paths ?? []).toEqual([]);
    });

    it('is the first of an empty repository', async () => {
      const { gitlab, emptyRepo } = subject;
      const made = await gitlab.commit(emptyRepo, request(null, [create('a.md', 'a\n')]));
      expect(made.parents).toEqual([]);
      expect(await gitlab.branch(emptyRepo.projectId, emptyRepo.branch)).toMatchObject({
        head: { id: made.id },
      });
    });

    it('stands on what others pushed to other files, and says so', async () => {
      const base = await subject.push({ files: { 'a.md': 'a\n' } });
      const theirs = await subject.push({ files: { 'b.md': 'b\n' } });
      const made = await commit(base, update('a.md', 'ours\n'));
      expect(made.parents).toEqual([theirs]);
      expect(await text(made.id, 'b.md')).toBe('b\n');
    });
  });

  describe('a commit is refused, and nothing written,', () => {
    it.each([
      ['updates', update('a.md', 'ours\n')],
      ['deletes', remove('a.md')],
      ['moves', move('a.md', 'b.md')],
    ])('if it %s a file that was changed meanwhile', async (_what, action) => {
      const base = await subject.push({ files: { 'a.md': 'a\n' } });
      const theirs = await subject.push({ files: { 'a.md': 'theirs\n' } });
      const late = commit(base, create('new.md', 'new\n'), action);
      await expect(late).rejects.toMatchObject({ code: 'file_changed', reason: 'changed', path: 'a.md' });
      expect(await head()).toBe(theirs);
    });

    it.each([
      ['updates', { ...update('a.md', 'ours\n') }],
      ['deletes', { ...remove('a.md') }],
      ['moves', { ...move('a.md', 'b.md') }],
    ])(
      'if it %s a file that was changed since the action saw it, though not since its base',
      async (_what, action) => {
        const seenAt = await subject.push({ files: { 'a.md': 'a\n' } });
        const base = await subject.push({ files: { 'a.md': 'theirs\n' } });
        await expect(commit(base, { ...action, seenAt } as CommitAction)).rejects.toMatchObject({
          code: 'file_changed',
          path: 'a.md',
        });
        expect((await commit(base, { ...action, seenAt: base } as CommitAction)).parents).toEqual([base]);
      },
    );

    it('if the file was changed and changed back: history decides', async () => {
      const base = await subject.push({ files: { 'a.md': 'a\n' } });
      await subject.push({ files: { 'a.md': 'theirs\n' } });
      await subject.push({ files: { 'a.md': 'a\n' } });
      await expect(commit(base, update('a.md', 'ours\n'))).rejects.toMatchObject({
        code: 'file_changed',
        reason: 'changed',
      });
    });

    it('if the file was deleted meanwhile', async () => {
      const base = await subject.push({ files: { 'a.md': 'a\n' } });
      await subject.push({ files: { 'a.md': null } });
      await expect(commit(base, update('a.md', 'ours\n'))).rejects.toMatchObject({ code: 'file_changed' });
    });

    it('if it creates a file that exists', async () => {
      const base = await subject.push({ files: { 'a.md': 'a\n' } });
      const twice = commit(base, create('a.md', 'again\n'));
      await expect(twice).rejects.toMatchObject({ code: 'file_changed', reason: 'exists' });
      expect(await head()).toBe(base);
    });

    it('if it moves a file onto another', async () => {
      const base = await subject.push({ files: { 'a.md': 'a\n', 'b.md': 'b\n' } });
      await expect(commit(base, move('a.md', 'b.md'))).rejects.toMatchObject({
        code: 'file_changed',
        reason: 'exists',
      });
    });

    it.each([
      ['updates', update('gone.md', 'x\n')],
      ['deletes', remove('gone.md')],
      ['moves', move('gone.md', 'b.md')],
    ])('if it %s a file that never existed', async (_what, action) => {
      await expect(commit(await head(), action)).rejects.toMatchObject({
        code: 'file_changed',
        reason: 'missing',
      });
    });

    it('if the branch does not exist', async () => {
      const base = await head();
      const gone = { ...subject.repo, branch: 'gone' };
      const late = subject.gitlab.commit(gone, request(base, [create('a.md', 'a\n')]));
      await expect(late).rejects.toMatchObject({ code: 'branch_not_found' });
    });
  });

  describe('the commit of a change', () => {
    const trailer = 'Dot-Change-Id: 5f0c';
    const marked = (base: string | null) => ({
      ...request(base, [create('a.md', 'a\n')]),
      message: `Add a\n\n${trailer}\nDot-Source: user`,
    });

    it('is found by its trailer among the commits after another', async () => {
      const { gitlab, repo } = subject;
      const base = await head();
      const made = await gitlab.commit(repo, marked(base));
      await subject.push({ files: { 'b.md': 'b\n' } });
      expect(await gitlab.findCommit(repo, base, trailer)).toMatchObject({ id: made.id, parents: [base] });
      expect(await gitlab.findCommit(repo, null, trailer)).toMatchObject({ id: made.id });
    });

    it('is not found if it does not come after the given one', async () => {
      const { gitlab, repo } = subject;
      const base = await head();
      const made = await gitlab.commit(repo, marked(base));
      expect(await gitlab.findCommit(repo, made.id, trailer)).toBeNull();
    });

    it('is not taken for one whose message only mentions the trailer', async () => {
      const { gitlab, repo } = subject;
      const base = await head();
      const message = `Revert\n\nThis undoes ${trailer}.\n${trailer}0`;
      await gitlab.commit(repo, { ...marked(base), message });
      expect(await gitlab.findCommit(repo, base, trailer)).toBeNull();
    });

    it('is found if the given commit no longer exists', async () => {
      const { gitlab, repo } = subject;
      const made = await gitlab.commit(repo, marked(await head()));
      expect(await gitlab.findCommit(repo, NOWHERE, trailer)).toMatchObject({ id: made.id });
    });

    it('is not found in an empty repository', async () => {
      expect(await subject.gitlab.findCommit(subject.emptyRepo, null, trailer)).toBeNull();
    });
  });
}

export function request(base: string | null, actions: readonly CommitAction[]): CommitRequest {
  return { message: 'A change', author: AUTHOR, actions, base };
}

export function create(path: string, content: string): CommitAction {
  return { op: 'create', path, content: Buffer.from(content) };
}

export function update(path: string, content: string): CommitAction {
  return { op: 'update', path, content: Buffer.from(content) };
}

export function remove(path: string): CommitAction {
  return { op: 'delete', path };
}

function move(from: string, path: string): CommitAction {
  return { op: 'move', from, path };
}
