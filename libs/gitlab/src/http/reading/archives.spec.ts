import { gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { blobOf } from '@app/kernel';
import type { TreeEntry } from '../../gitlab.types';
import { Archives } from './archives';

const REPO = { projectId: 1, pathWithNamespace: 'ada/context', branch: 'main' };

async function archiveOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name: `context-main/${name}` }, content);
  tar.finalize();
  return gzipSync(await buffer(tar));
}

describe('An archive', () => {
  const small = Buffer.from('# A');
  const wanted = new Map<string, TreeEntry>([['notes/a.md', { kind: 'file', blob: blobOf(small) }]]);

  async function read(archive: Buffer, mostBytes: number): Promise<string[]> {
    const stream = async () =>
      (async function* () {
        yield archive;
      })();
    const read: string[] = [];
    for await (const { path } of new Archives({ stream }, mostBytes).read(REPO, 'c', wanted, 1_000))
      read.push(path);
    return read;
  }

  it('gives the files that are wanted', async () => {
    const archive = await archiveOf({ 'README.md': Buffer.from('other'), 'notes/a.md': small });
    expect(await read(archive, 1_000_000)).toEqual(['notes/a.md']);
  });

  it('is given up if it unpacks to more than the limit, also if it was small on the way', async () => {
    const bomb = await archiveOf({ 'bomb.bin': Buffer.alloc(20_000_000), 'notes/a.md': small });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(read(bomb, 1_000_000)).rejects.toThrow('longer than 1000000 bytes');
  });
});
