import { randomBytes } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { executable, symlink } from '@app/fake-gitlab';
import { extract } from 'tar-stream';
import { Wire } from './wire';

describe('GitLab on the wire: limits of lists, comparisons and archives', () => {
  const wire = new Wire();
  beforeEach(() => wire.start({ compareFiles: 2 }));
  afterEach(() => wire.stop());

  it.each([
    [2, false],
    [3, true],
  ])('a comparison of %d files, with a limit of two, is cut off: %s', async (count, cutOff) => {
    const from = wire.instance.git.head(wire.id, 'main');
    const files = Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.md`, `${n}\n`]));
    wire.instance.git.push(wire.id, 'main', { files });
    const query = `from=${from}&to=main&straight=true`;
    const { body } = await wire.call('GET', `${wire.project}/repository/compare?${query}`);
    expect(body.compare_timeout).toBe(cutOff);
    expect(body.diffs).toHaveLength(2);
  });

  it('an archive holds what the attributes make of the tree', async () => {
    const files = {
      '.gitattributes': '/secret export-ignore\n*.txt export-subst\n',
      'secret/a.md': 'a\n',
      'version.txt': '$Format:%H$\n',
      'run.sh': executable('x\n'),
      'link.md': symlink('README.md'),
    };
    const head = wire.instance.git.push(wire.id, 'main', { files });
    const entries = await unpack(`${wire.project}/repository/archive.tar.gz?sha=main`);
    expect(entries).toEqual({
      [`docs-main-${head}/`]: 'directory 755 ',
      [`docs-main-${head}/.gitattributes`]: `file 664 ${files['.gitattributes']}`,
      [`docs-main-${head}/README.md`]: 'file 664 # Docs\n',
      [`docs-main-${head}/link.md`]: 'symlink 644 README.md',
      [`docs-main-${head}/run.sh`]: 'file 775 x\n',
      [`docs-main-${head}/version.txt`]: `file 664 ${head}\n`,
    });
  });

  it('an archive begins before it is packed, and is packed at the pace of its reader', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`${n}.bin`, randomBytes(2 ** 18)]),
    );
    const { repository } = wire.instance.project(wire.id);
    wire.instance.git.push(wire.id, 'main', { files });
    const packed = jest.spyOn(repository.objects, 'blob');

    const answer = await ask(`${wire.project}/repository/archive.tar.gz?sha=main`);
    const { value } = await answer.body!.getReader().read();

    expect(value?.length).toBeGreaterThan(0);
    expect(packed.mock.calls.length).toBeLessThan(100);
  });

  it('an archive of nothing is not found', async () => {
    const answer = await wire.call('GET', `${wire.project}/repository/archive?sha=none`);
    expect(answer).toMatchObject({ status: 404, body: { message: '404 File Not Found' } });
  });

  function ask(path: string): Promise<Response> {
    return fetch(`${wire.url}/api/v4${path}`, { headers: { 'private-token': wire.token } });
  }

  /** Name → type, mode and content. */
  async function unpack(path: string): Promise<Record<string, string>> {
    const answer = await ask(path);
    const entries: Record<string, string> = {};
    const tar = Readable.from(Buffer.from(await answer.arrayBuffer()))
      .pipe(createGunzip())
      .pipe(extract());
    for await (const entry of tar) {
      const { name, type, mode = 0, linkname } = entry.header;
      const content = (await buffer(entry)).toString();
      entries[name] = `${type} ${mode.toString(8)} ${linkname ?? content}`;
    }
    return entries;
  }
});
