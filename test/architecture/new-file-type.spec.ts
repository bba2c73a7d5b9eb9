import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const ROW = "  { extensions: ['json'], mediaType: 'application/json', check: 'other' },\n";

/** Reads what every surface makes of a `.json` file. */
const SURFACES = `
  const { Scope } = require('@app/kernel');
  const { parseDirectories } = require('./libs/project-config/src/domain/directories');
  const { sendText } = require('./libs/context-store/src/http/send-text');
  const { checkOf } = require('./libs/inspection/src/rules/file-check');
  const path = 'notes/prices.json';
  const headers = {};
  const response = { send: () => undefined };
  response.set = (all) => (Object.assign(headers, all), response);
  sendText(response, { path, blob: 'b', content: Buffer.from('{}') }, 'no-cache');
  const refusal = () => { try { parseDirectories(['a.txt']); } catch (error) { return error.errors[0].detail; } };
  process.stdout.write(JSON.stringify({
    inScope: new Scope().contains(path),
    configurable: parseDirectories([path]).directories,
    served: headers['Content-Type'],
    inspectedAs: checkOf(path),
    named: refusal(),
  }));
`;

describe('A new file type', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'new-file-type-'));
    for (const part of ['libs', 'package.json', 'test/support/run-typescript.cjs'])
      cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  const surfaces = (): unknown =>
    JSON.parse(
      execFileSync(process.execPath, ['--require', './test/support/run-typescript.cjs', '-e', SURFACES], {
        cwd: copy,
        encoding: 'utf8',
      }),
    );

  it('is one row, and scope, settings, downloads, inspection and errors follow', () => {
    const file = join(copy, 'libs/kernel/src/file-types.ts');
    const before = readFileSync(file, 'utf8');
    const start = 'const FILE_TYPES: readonly FileType[] = [\n';
    expect(before).toContain(start);
    writeFileSync(file, before.replace(start, `${start}${ROW}`));
    expect(surfaces()).toEqual({
      inScope: true,
      configurable: ['notes/prices.json'],
      served: 'application/json; charset=utf-8',
      inspectedAs: 'other',
      named: expect.stringContaining('.json'),
    });
  });
});
