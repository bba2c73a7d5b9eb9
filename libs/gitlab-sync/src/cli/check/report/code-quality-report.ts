import { inert } from '@app/kernel';
import { fingerprintsOf, type Report } from './report';

/** Writes the findings in the format of GitLab's Code Quality widget. A finding about a whole file is at line 1. */
export function codeQualityReport({ findings }: Report): string {
  const fingerprints = fingerprintsOf(findings);
  const issues = findings.map(({ path, outcome, reason, detail, line }, index) => ({
    description: inert(detail),
    check_name: reason,
    fingerprint: fingerprints[index],
    severity: outcome === 'kept_out' ? 'major' : 'minor',
    location: { path, lines: { begin: line ?? 1 } },
  }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
