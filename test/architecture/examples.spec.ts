import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const ENTRIES = { '@dot/gitlab-sync': 'src/index.ts', '@dot/gitlab-sync/http': 'src/http/index.ts' };

const pages = ['README.md', 'docs/importing.md', 'docs/events.md', 'libs/gitlab-sync/README.md'];

/** The programs that a reader copies. */
const examplesIn = (page: string): string[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/```ts\n([^]+?)```/g)].map(([, code]) => code);

it('The examples for people who import the module compile as they stand', () => {
  // Held in memory: the specs that list the files of the repository run at the same time.
  const programs = new Map(
    pages.flatMap((page) =>
      examplesIn(page).map((code, nth) => [
        join(ROOT, `test/architecture/${page.replace(/\W/g, '-')}-${nth}.ts`),
        code,
      ]),
    ),
  );
  const files = [...programs.keys()];
  expect(files.length).toBeGreaterThanOrEqual(pages.length);
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, ROOT);
  const paths = Object.entries(ENTRIES).map(([name, entry]) => [name, [`./libs/gitlab-sync/${entry}`]]);
  const options = {
    ...parsed.options,
    ...{ noEmit: true, incremental: false, tsBuildInfoFile: undefined, noImplicitOverride: true },
    paths: { ...parsed.options.paths, ...Object.fromEntries(paths) },
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => programs.has(file) || disk.fileExists(file),
    readFile: (file) => programs.get(file) ?? disk.readFile(file),
    getSourceFile: (file, languageVersion, ...rest) => {
      const code = programs.get(file);
      return code === undefined
        ? disk.getSourceFile(file, languageVersion, ...rest)
        : ts.createSourceFile(file, code, languageVersion);
    },
  };
  const program = ts.createProgram(files, options, host);
  const problems = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});
