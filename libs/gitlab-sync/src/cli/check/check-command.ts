import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isColorSupported } from 'picocolors';
import { CheckRefused, readConfig } from './check-config';
import { topLevel } from './git-listing';
import { codeQualityReport } from './report/code-quality-report';
import { jsonReport } from './report/json-report';
import { junitReport } from './report/junit-report';
import { fails, type Report } from './report/report';
import { textReport } from './report/text-report';
import { runCheck } from './run-check';

export const FORMATS = ['text', 'json', 'junit', 'codequality'] as const;

export interface CheckOptions {
  readonly root?: string;
  readonly config?: string;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly strict?: boolean;
}

/** Checks the tree and prints the report. Returns the exit code: 0 without problems, 1 with some, 2 if it could not run. */
export async function checkCommand(
  directories: readonly string[],
  options: CheckOptions,
): Promise<0 | 1 | 2> {
  const { format, output, strict = false } = options;
  try {
    const root = options.root ? resolve(options.root) : ((await topLevel('.')) ?? resolve('.'));
    const checked = await runCheck(root, await readConfig(root, directories, options.config));
    const report: Report = { ...checked, strict };
    const onTerminal = output === undefined && process.stdout.isTTY === true && isColorSupported;
    const text = format === 'text' ? textReport(report, onTerminal) : WRITERS[format](report);
    if (output === undefined) process.stdout.write(text);
    else await writeFile(output, text);
    return report.findings.some((finding) => fails(finding, report)) ? 1 : 0;
  } catch (error) {
    const reason =
      error instanceof CheckRefused ? error.message : `The check could not run: ${String(error)}`;
    process.stderr.write(`${reason}\n`);
    return 2;
  }
}

const WRITERS = { json: jsonReport, junit: junitReport, codequality: codeQualityReport };
