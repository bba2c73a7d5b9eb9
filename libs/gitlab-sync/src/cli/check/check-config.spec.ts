import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Scope } from '@app/kernel';
import { CheckRefused, CONFIG_FILE, readConfig } from './check-config';

describe('The configuration of a check', () => {
  let root: string;
  const given = (text: string, name = CONFIG_FILE) => writeFileSync(join(root, name), text);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'check-config-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is that of a new project, unless anything says otherwise', async () => {
    const { scope, maxFileBytes } = await readConfig(root, []);
    expect(scope).toEqual(new Scope());
    expect(maxFileBytes).toBe(1_048_576);
  });

  it('is that of the file, which the arguments replace', async () => {
    given('{ "directories": ["./docs/", "a.yaml"], "maxFileBytes": 10 }');
    expect(await readConfig(root, [])).toEqual({ scope: new Scope(['docs', 'a.yaml']), maxFileBytes: 10 });
    expect(await readConfig(root, ['notes'])).toEqual({ scope: new Scope(['notes']), maxFileBytes: 10 });
  });

  it('may have another file, which must exist', async () => {
    given('{ "directories": ["docs"] }', 'other.json');
    const other = join(root, 'other.json');
    expect((await readConfig(root, [], other)).scope).toEqual(new Scope(['docs']));
    await expect(readConfig(root, [], join(root, 'gone.json'))).rejects.toThrow(
      /gone\.json cannot be read: ENOENT/,
    );
  });

  it.each([
    ['{', 'it is not JSON'],
    ['[]', 'write an object'],
    ['null', 'write an object'],
    ['{ "directory": ["notes"] }', 'there is no setting "directory", only directories and maxFileBytes'],
    ['{ "directories": "notes" }', 'directories is a list of texts'],
    ['{ "directories": [1] }', 'directories is a list of texts'],
    ['{ "directories": [] }', 'directories name at least one directory or file'],
    ['{ "directories": ["../notes"] }', 'directories[0] must not contain . or ..'],
    ['{ "directories": ["."] }', 'directories[0] must name a directory or a file'],
    ['{ "maxFileBytes": 0 }', 'maxFileBytes is a positive whole number'],
    ['{ "maxFileBytes": "1" }', 'maxFileBytes is a positive whole number'],
    [`{ "directories": ["${'x'.repeat(70_000)}"] }`, 'is larger than 65536 bytes'],
  ])('refuses %.60s', async (text, why) => {
    given(text);
    const refusal = await readConfig(root, []).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CheckRefused);
    expect((refusal as Error).message).toContain(why);
  });

  it('refuses bad arguments by their place', () =>
    expect(readConfig(root, ['notes', '/etc'])).rejects.toThrow(
      'The arguments: directories[1] must be relative to the repository, without a leading slash.',
    ));
});
