import { inert } from '@app/kernel';
import type { TreeFinding } from '@app/sync-engine/core';
import { fails, type Report } from './report';

/** Writes one test case for each file, so that GitLab also says which files were mended. */
export function junitReport(report: Report): string {
  const byPath = new Map<string, TreeFinding[]>(report.paths.map((path) => [path, []]));
  for (const finding of report.findings) byPath.get(finding.path)?.push(finding);
  const cases = [...byPath].map(([path, findings]) => testCase(path, findings, report));
  const failures = [...byPath.values()].filter((found) => found.some((one) => fails(one, report))).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  const [suites, suite] = [`<testsuites ${counts}>`, `<testsuite name="gitlab-sync check" ${counts}>`];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    suites,
    suite,
    ...cases,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(path: string, findings: readonly TreeFinding[], report: Report): string {
  const name = escaped(path);
  const open = `<testcase name="${name}" classname="context files" file="${name}"`;
  const failed = findings.filter((finding) => fails(finding, report));
  const passed = findings.filter((finding) => !fails(finding, report));
  const [first] = failed;
  const parts = [
    ...(first
      ? [`<failure type="${first.reason}" message="${escaped(first.detail)}">${linesOf(failed)}</failure>`]
      : []),
    ...(passed.length ? [`<system-out>${linesOf(passed)}</system-out>`] : []),
  ];
  return parts.length ? `${open}>${parts.join('')}</testcase>` : `${open}/>`;
}

const linesOf = (findings: readonly TreeFinding[]): string =>
  findings.map(({ reason, detail }) => escaped(`${reason}: ${detail}`)).join('\n');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML cannot hold most control characters, not even as entities: `inert` spells them out, with U+FFFE and U+FFFF. */
const escaped = (text: string): string =>
  inert(text)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]);
