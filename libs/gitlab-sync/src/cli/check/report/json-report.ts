import { countOf, fingerprintsOf, type Report } from './report';

/** Writes the findings for programs. New fields may be added; the others keep their meaning. */
export function jsonReport(report: Report): string {
  const { findings, paths, withoutGit } = report;
  const fingerprints = fingerprintsOf(findings);
  const listed = findings.map(({ path, outcome, reason, detail, line, column }, index) => ({
    ...{ path, outcome, reason, message: detail, line: line ?? null, column: column ?? null },
    fingerprint: fingerprints[index],
  }));
  const counts = {
    files: paths.length,
    keptOut: countOf(report, 'kept_out'),
    withWarning: countOf(report, 'warning'),
  };
  const listedBy = withoutGit === null ? 'git' : 'directory';
  return `${JSON.stringify({ version: 1, ...counts, listedBy, findings: listed }, null, 2)}\n`;
}
