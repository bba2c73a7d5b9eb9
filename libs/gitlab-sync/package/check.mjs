import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** Its fake GitLab has parts that tests reach through it, and never name. */
const TESTING = 'testing';
const FORGOTTEN = /The symbol "(\w+)"/;
/** Types of the client, made of the OpenAPI document. */
const GENERATED = new Set(['components', 'operations', 'paths']);
const EXPORT =
  /^(?<silent>\/\/ @public \(undocumented\)\r?\n)?export (?:declare |abstract )*(?:class|const|function|interface|type) (?<type>\w+)/gm;

/** Checks the manifest against the files. @throws Error */
export async function checkManifest(out) {
  const { messages, pkg } = await publint({ pkgDir: out, strict: true, pack: false });
  if (messages.length)
    throw new Error(['publint:', ...messages.map((message) => formatMessage(message, pkg))].join('\n'));
}

/** Checks that Node and TypeScript find the same in each entry, in each way to import it. @throws Error */
export function checkTypes(root, tarball) {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [attw, tarball, '--format', 'ascii'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`attw:\n${stdout}${stderr}`);
}

/**
 * Compares the public surface with its reports in docs/api, or writes them.
 * @throws Error if they differ and `update` is false, if a signature names a type that no entry exports, or if an
 * export has no doc comment
 */
export function checkSurface(root, out, entries, update) {
  const surfaces = Object.keys(entries).map((name) => ({ name, ...surfaceOf(root, out, name, update) }));
  const exported = new Set(surfaces.flatMap(({ exports }) => exports));
  const forgotten = surfaces
    .filter(({ name }) => name !== TESTING)
    .flatMap(({ name, unexported }) => unexported.map((type) => `${name}: ${type}`))
    .filter((line) => !exported.has(line.split(': ')[1]));
  if (forgotten.length)
    throw new Error(`Export the types that signatures of the package name:\n  ${forgotten.join('\n  ')}`);
  const undocumented = surfaces.flatMap((surface) =>
    surface.undocumented.map((type) => `${surface.name}: ${type}`),
  );
  if (undocumented.length)
    throw new Error(`Document what the package exports:\n  ${undocumented.join('\n  ')}`);
  const stale = surfaces.filter(({ isStale }) => isStale).map(({ name }) => name);
  if (stale.length)
    throw new Error(
      `The surface differs from docs/api (${stale.join(', ')}): run \`npm run package\` and commit the reports.`,
    );
}

/** Returns the exports of an entry, those without a doc comment, and the types that its signatures name besides. */
function surfaceOf(root, out, name, update) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: out,
      mainEntryPointFilePath: join(out, `${name}.d.ts`),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2023',
            module: 'nodenext',
            types: ['node'],
            strict: true,
            skipLibCheck: true,
          },
          include: [join(out, '*.d.ts')],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: join(root, 'docs/api'),
        reportTempFolder: join(root, 'dist/api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: 'warning', addToApiReportFile: true },
          'ae-forgotten-export': { logLevel: 'warning' },
          'ae-missing-release-tag': { logLevel: 'none' },
          'ae-undocumented': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: join(out, 'api-extractor.json'),
    packageJsonFullPath: join(out, 'package.json'),
  });
  const unexported = [];
  const messageCallback = (message) => {
    message.handled = true; // the build's output is the path of the tarball
    if (message.messageId === 'ae-forgotten-export') unexported.push(FORGOTTEN.exec(message.text)[1]);
    else if (message.logLevel === 'error') console.error(message.text);
  };
  const { apiReportChanged: isStale } = Extractor.invoke(config, { localBuild: update, messageCallback });
  const report = readFileSync(join(root, update ? 'docs/api' : 'dist/api', `${name}.api.md`), 'utf8');
  const found = [...report.matchAll(EXPORT)].map(({ groups }) => groups);
  const exports = found.map(({ type }) => type);
  const undocumented = found
    .filter(({ silent, type }) => silent && !GENERATED.has(type))
    .map(({ type }) => type);
  return { isStale: isStale && !update, unexported, exports, undocumented };
}
