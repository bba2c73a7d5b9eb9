import { executable, submodule, symlink } from '@app/fake-gitlab';
import { collectFiles } from './collect';
import type { AdministeredSubject, Arrange } from './subject';
import { create, remove, request, update } from './writing';

/** Repositories that are not as plain as most: other kinds of entries, merges, rewritten history, push rules (docs/gitlab-api.md#reading, #effect-of-actions). */
export function describeOddRepositories(arrange: Arrange<AdministeredSubject>): void {
  let subject: AdministeredSubject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  it('may hold entries that are not plain files', async () => {
    const files = {
      'link.md': symlink('README.md'),
      'run.md': executable('x\n'),
      module: submodule('c'.repeat(40)),
    };
    const commitId = await subject.push({ files });
    const tree = await subject.gitlab.tree(subject.repo, commitId);
    expect(tree.get('link.md')?.kind).toBe('symlink');
    expect(tree.get('run.md')?.kind).toBe('file');
    expect(tree.get('module')).toEqual({ kind: 'submodule', blob: 'c'.repeat(40) });
    const read = await collectFiles(subject.gitlab, subject.repo, commitId, Object.keys(files));
    expect(read.get('link.md')).toMatchObject({ kind: 'symlink', bytes: Buffer.from('README.md') });
    expect(read.get('run.md')).toMatchObject({ kind: 'file', bytes: Buffer.from('x\n') });
    expect(read.has('module')).toBe(false);
  });

  it('reports a file that became another kind of entry', async () => {
    const since = await subject.push({ files: { 'a.md': 'a\n', 'b.md': 'b\n', 'c/d.md': 'd\n' } });
    await subject.push({
      files: { 'a.md': symlink('b.md'), 'b.md': null, 'b.md/x.md': 'x\n', 'c/d.md': null, c: 'c\n' },
    });
    const { paths } = await subject.gitlab.changesSince(subject.repo, since);
    const kinds = new Map(paths?.map(({ path, kind }) => [path, kind]));
    expect(kinds.get('a.md')).toBe('symlink');
    expect(kinds.get('b.md')).toBeNull();
    expect(kinds.get('b.md/x.md')).toBe('file');
    expect(kinds.get('c/d.md')).toBeNull();
    expect(kinds.get('c')).toBe('file');
  });

  it('is read exactly where archives are not: export-ignore, export-subst, CRLF and binary content', async () => {
    const filler = Object.fromEntries(Array.from({ length: 320 }, (_, n) => [`f/${n}.md`, `${n}\n`]));
    const special = {
      '.gitattributes': 'ignored.md export-ignore\nsubst.md export-subst\n',
      'ignored.md': 'ignored\n',
      'subst.md': '$Format:%H$\n',
      'crlf.md': 'a\r\nb\r\n',
      'binary.md': Buffer.from([0, 1, 255]),
      'latin.md': Buffer.from([0x67, 0x72, 0xfc, 0xdf]),
    };
    const commitId = await subject.push({ files: { ...filler, ...special } });
    const tree = await subject.gitlab.tree(subject.repo, commitId);
    const read = await collectFiles(subject.gitlab, subject.repo, commitId, [...tree.keys()], {
      maxBytes: 1000,
      tree,
    });
    expect(read.size).toBe(tree.size);
    for (const [path, content] of Object.entries(special))
      expect(read.get(path)?.bytes).toEqual(Buffer.from(content));
  });

  it('with too many changes says that the list is cut off', async () => {
    const since = await subject.push({ files: { 'a.md': 'a\n' } });
    const limit = subject.instance.settings.compareFiles;
    const many = Array.from({ length: limit + 1 }, (_, n) => [`many/${n}.md`, `${n}\n`]);
    const head = await subject.push({ files: Object.fromEntries(many) });
    const changes = await subject.gitlab.changesSince(subject.repo, since);
    expect(changes).toMatchObject({ head: { id: head }, paths: null });
    expect(changes.commits).toHaveLength(1);
  });

  it('whose history was rewritten and collected knows the old commits no more', async () => {
    const { instance, repo } = subject;
    const old = await subject.push({ files: { 'a.md': 'a\n' } });
    const fresh = instance.git.forcePush(repo.projectId, 'main', { files: { 'b.md': 'b\n' } });
    instance.git.collectGarbage(repo.projectId);
    await expect(subject.gitlab.changesSince(repo, old)).rejects.toMatchObject({ code: 'commit_unknown' });
    const made = await subject.gitlab.commit(repo, request(old, [update('b.md', 'ours\n')]));
    expect(made.parents).toEqual([fresh]);
  });

  it('lets history decide through merges: the side that changed a file is followed', async () => {
    const { instance, gitlab, repo } = subject;
    const base = await subject.push({ files: { 'a.md': 'a\n', 'b.md': 'b\n' } });
    instance.git.createBranch(repo.projectId, 'side');
    const side = instance.git.push(repo.projectId, 'side', { files: { 'a.md': 'side\n' } });
    const ours = await subject.push({ files: { 'b.md': 'ours\n' } });
    const merge = instance.git.merge(repo.projectId, 'main', 'side');
    expect((await gitlab.commitById(repo, merge)).parents).toEqual([ours, side]);
    expect((await gitlab.lastCommitTouching(repo, merge, 'a.md'))?.id).toBe(side);
    const { commits, paths } = await gitlab.changesSince(repo, base);
    expect(commits.map(({ id }) => id).sort()).toEqual([merge, ours, side].sort());
    expect(paths?.map(({ path }) => path).sort()).toEqual(['a.md', 'b.md']);
  });

  it('keeps the mode of a file that is updated, and replaces a directory by a file of its name', async () => {
    const base = await subject.push({ files: { 'run.md': executable('x\n'), 'dir/a.md': 'a\n' } });
    const made = await subject.gitlab.commit(
      subject.repo,
      request(base, [update('run.md', 'y\n'), create('dir', 'now a file\n')]),
    );
    const tree = subject.instance.git.tree(subject.repo.projectId, made.id);
    expect(tree.get('run.md')?.mode).toBe('100755');
    expect([...tree.keys()].sort()).toEqual(['README.md', 'dir', 'run.md']);
  });

  it.each([
    ['messages', { commitMessagePattern: /^JIRA-/ }],
    ['file names', { prohibitedFileNames: /\.md$/ }],
    ['addresses', { committerEmailPattern: /@corp\.example$/ }],
  ])('refuses what its push rules forbid: %s', async (_what, rules) => {
    subject.instance.setPushRules(subject.repo.projectId, rules);
    await expect(
      subject.gitlab.commit(subject.repo, request(null, [create('new.md', 'new\n')])),
    ).rejects.toMatchObject({ code: 'push_refused' });
    expect(subject.instance.git.log(subject.repo.projectId, 'main')).toHaveLength(1);
  });

  it.each(['../x.md', '.git/config', 'a//b.md'])('refuses the path %s', async (path) => {
    const refused = subject.gitlab.commit(subject.repo, request(null, [create(path, 'x\n')]));
    await expect(refused).rejects.toMatchObject({ code: 'push_refused' });
  });

  it('is overwritten if a push comes between the check and the effect', async () => {
    const base = await subject.push({ files: { 'a.md': 'a\n' } });
    let theirs = '';
    subject.instance.calls.between = async () => {
      theirs = await subject.push({ files: { 'a.md': 'theirs\n' } });
    };
    const made = await subject.gitlab.commit(subject.repo, request(base, [update('a.md', 'ours\n')]));
    expect(made.parents).toEqual([theirs]);
  });

  it('loses a file for good if the same commit deletes it', async () => {
    const base = await subject.push({ files: { 'dir/a.md': 'a\n' } });
    const made = await subject.gitlab.commit(subject.repo, request(base, [remove('dir/a.md')]));
    const tree = await subject.gitlab.tree(subject.repo, made.id, { directories: true });
    expect([...tree.keys()]).toEqual(['README.md']);
  });
}
