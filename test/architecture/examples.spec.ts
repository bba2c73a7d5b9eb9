import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const ENTRIES = { '@dot/gitlab-sync': 'src/index.ts', '@dot/gitlab-sync/http': 'src/http/index.ts' };

const pages = ['README.md', 'docs/importing.md', 'docs/events.md', 'libs/gitlab-sync/README.md'];

/** The programs that a reader copies. */
const examplesIn = (page: string): string[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/```ts\n([^]+?)```/g)].map(([, code]) => code);

it('The examples for people who import the module compile as they stand', () => {
  const folder = mkdtempSync(join(ROOT, 'test/architecture/examples-'));
  try {
    const files = pages.flatMap((page) =>
      examplesIn(page).map((code, nth) => {
        const file = join(folder, `${page.replace(/\W/g, '-')}-${nth}.ts`);
        writeFileSync(file, code);
        return file;
      }),
    );
    expect(files.length).toBeGreaterThanOrEqual(pages.length);
    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, ROOT);
    const paths = Object.entries(ENTRIES).map(([name, entry]) => [name, [`./libs/gitlab-sync/${entry}`]]);
    const program = ts.createProgram(files, {
      ...options,
      ...{ noEmit: true, incremental: false, tsBuildInfoFile: undefined, noImplicitOverride: true },
      paths: { ...options.paths, ...Object.fromEntries(paths) },
    });
    const problems = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
