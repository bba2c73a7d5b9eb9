import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

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
 * @throws Error if they differ and `update` is false
 */
export function checkSurface(root, out, entries, update) {
  const stale = Object.keys(entries).filter((name) => !isReported(root, out, name, update));
  if (stale.length)
    throw new Error(
      `The surface differs from docs/api (${stale.join(', ')}): run \`npm run package\` and commit the reports.`,
    );
}

function isReported(root, out, name, update) {
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
          'ae-missing-release-tag': { logLevel: 'none' },
          'ae-undocumented': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: join(out, 'api-extractor.json'),
    packageJsonFullPath: join(out, 'package.json'),
  });
  const { succeeded } = Extractor.invoke(config, { localBuild: update, messageCallback: showErrors });
  return succeeded;
}

/** The build's output is the path of the tarball, so that messages go to stderr. */
function showErrors(message) {
  message.handled = true;
  if (message.logLevel === 'error') console.error(message.text);
}
