import { SyncWorld } from '../support/sync-world';

const LONG_NAME = `${'ä'.repeat(126)}.md`; // 255 bytes
const ODD: Record<string, string> = {
  'notes/empty.md': '',
  'notes/no newline at the end.md': 'x',
  'notes/bom.md': '\uFEFF# BOM\n',
  'notes/100% #1 & why?.md': 'percent, hash, ampersand, question mark\n',
  'notes/\u{1F600} smile.md': 'an emoji\n',
  'notes/e\u0301 decomposed.md': 'NFD\n',
  'notes/\u00e9 composed.md': 'NFC\n',
  [`notes/${LONG_NAME}`]: 'a name of 255 bytes\n',
  [`notes/${'deep/'.repeat(40)}file.md`]: 'a deep path\n',
  'notes/large.md': 'x'.repeat(1_048_576),
  'notes/control.md': 'a lone\rCR and a tab\t\n',
};

describe('Bytes and names', () => {
  it('reach GitLab as they are', async () => {
    const world = await SyncWorld.synced({});
    await world.edit(ODD);
    await world.sync();
    expect(world.onGitLab()).toEqual(ODD);
    expect((await world.quarantined()).size).toBe(0);
  });

  it('reach Dot as they are', async () => {
    const world = await SyncWorld.synced({});
    await world.push({ ...ODD, 'notes/crlf.md': 'one\r\ntwo\r\n' });
    await world.sync();
    expect(await world.dot()).toEqual({ ...ODD, 'notes/crlf.md': 'one\r\ntwo\r\n' });
    expect((await world.quarantined()).size).toBe(0);
  });

  it('stay as they are when only one of them is edited', async () => {
    const world = await SyncWorld.synced({ ...ODD });
    await world.edit({ 'notes/bom.md': 'edited\n' });
    await world.push({ 'notes/empty.md': 'no longer\n' });
    await world.sync();
    const expected = { ...ODD, 'notes/bom.md': 'edited\n', 'notes/empty.md': 'no longer\n' };
    expect(await world.dot()).toEqual(expected);
    expect(world.onGitLab()).toEqual(expected);
  });
});
