import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import type { TreeFinding } from '@app/sync-engine/core';
import { codeQualityReport } from './code-quality-report';
import { jsonReport } from './json-report';
import { junitReport } from './junit-report';
import { fingerprintsOf, type Report } from './report';
import { textReport } from './text-report';

/** Reads a schema that follows GitLab's documentation. */
const schema = (name: string) =>
  readFileSync(join(__dirname, '../../../../../../test/support/gitlab-reports', name), 'utf8');

const BROKEN: TreeFinding = {
  ...{ path: 'notes/pricing.yaml', outcome: 'kept_out', reason: 'yaml_invalid', line: 14, column: 3 },
  detail: 'the YAML does not parse at line 14, column 3: <a> & "b" \u0007\uFFFF\u202E',
};
const TOKEN: TreeFinding = {
  ...{ path: 'notes/a.md', outcome: 'warning', reason: 'credential', line: 2 },
  detail: 'line 2 holds a GitLab token; revoke it',
};
const NAME: TreeFinding = {
  ...{ path: 'notes/<&">\u0001.md', outcome: 'kept_out', reason: 'path_not_portable' },
  detail: 'it contains a control character',
};

function reportOf(findings: readonly TreeFinding[], more: Partial<Report> = {}): Report {
  const paths = ['notes/fine.md', ...new Set(findings.map(({ path }) => path))].sort();
  return { paths, findings, withoutGit: null, strict: false, ...more };
}
const ALL = reportOf([TOKEN, BROKEN, NAME]);

describe('The report for people', () => {
  it('groups findings by file, with their place, and sums them up', () => {
    const again = { ...BROKEN, line: 15, column: undefined, detail: 'again' };
    expect(textReport(reportOf([TOKEN, BROKEN, again]), false)).toBe(
      [
        'notes/a.md',
        '  warning   2  credential: line 2 holds a GitLab token; revoke it',
        '',
        'notes/pricing.yaml',
        '  kept out  14:3  yaml_invalid: the YAML does not parse at line 14, column 3: <a> & "b" \\u{7}\uFFFF\\u{202E}',
        '  kept out  15  yaml_invalid: again',
        '',
        '3 files checked: 1 kept out, 1 with a warning',
        '',
      ].join('\n'),
    );
  });

  it('is one line if there is nothing to say', () =>
    expect(textReport({ ...reportOf([]), paths: ['notes/fine.md'] }, false)).toBe(
      '1 file checked: 0 kept out, 0 with a warning\n',
    ));

  it('says why files were listed without git', () =>
    expect(textReport(reportOf([], { withoutGit: 'git is not installed' }), false)).toContain(
      'Without git (git is not installed), so ignored files were checked as well.',
    ));

  it('has colours only if it is asked for them, and no other control characters ever', () => {
    const escape = '\u001b';
    expect(textReport(ALL, true)).toContain(`${escape}[31mkept out${escape}[39m`);
    expect(textReport(ALL, false)).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('The report in JSON', () => {
  it('names each finding with its place', () => {
    const { findings, ...counts } = JSON.parse(jsonReport(ALL));
    expect(counts).toEqual({ version: 1, files: 4, keptOut: 2, withWarning: 1, listedBy: 'git' });
    const { detail: message, ...rest } = BROKEN;
    expect(findings[1]).toEqual({ ...rest, message, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(findings[2]).toMatchObject({ path: NAME.path, line: null, column: null });
  });
});

describe('The report for Code Quality', () => {
  const validate = new Ajv({ allErrors: true }).compile(JSON.parse(schema('code-quality.schema.json')));
  it.each([
    ['findings', ALL],
    ['nothing', reportOf([])],
  ])('fits its schema with %s', (_, report) => {
    const issues = JSON.parse(codeQualityReport(report));
    expect(validate(issues) ? [] : validate.errors).toEqual([]);
    expect(issues).toHaveLength(report.findings.length);
  });

  it('is refused by the schema without a field that GitLab needs', () => {
    const [{ fingerprint: _, ...issue }] = JSON.parse(codeQualityReport(ALL));
    expect(validate([issue])).toBe(false);
  });

  it('places a finding at its line, or at the first, by its weight', () =>
    expect(JSON.parse(codeQualityReport(ALL))).toMatchObject([
      { severity: 'minor', location: { path: 'notes/a.md', lines: { begin: 2 } } },
      { severity: 'major', location: { path: 'notes/pricing.yaml', lines: { begin: 14 } } },
      { severity: 'major', location: { path: NAME.path, lines: { begin: 1 } } },
    ]));
});

describe('The report for the test summary', () => {
  const validated = async (xml: string) => {
    const { errors } = await validateXML({ xml, schema: schema('junit.xsd') });
    return errors.map(({ message }) => message);
  };

  it.each([
    ['findings', ALL],
    ['nothing', reportOf([])],
    ['no files', { ...reportOf([]), paths: [] }],
    ['warnings that fail', { ...ALL, strict: true }],
  ])('fits its schema with %s', async (_, report) => {
    expect(await validated(junitReport(report))).toEqual([]);
  });

  it('is refused by the schema without a field that GitLab needs', async () =>
    expect(await validated(junitReport(ALL).replace(' name="notes/a.md"', ''))).toEqual([
      expect.stringMatching(/attribute 'name' is required/),
    ]));

  it('fails a file that is kept out, and one with a warning only if asked', () => {
    const failed = (report: Report) =>
      [...junitReport(report).matchAll(/<testcase name="([^"]*)"[^>]*><failure/g)].map(([, name]) => name);
    expect(failed(ALL)).toEqual(['notes/&lt;&amp;&quot;&gt;\\u{1}.md', 'notes/pricing.yaml']);
    expect(failed({ ...ALL, strict: true })).toContain('notes/a.md');
    expect(junitReport(ALL)).toContain('tests="4" failures="2"');
  });
});

describe('The fingerprint of a finding', () => {
  const of = (finding: TreeFinding) => fingerprintsOf([finding])[0];
  it('stays when the text above it changes', () =>
    expect(of({ ...TOKEN, line: 9, detail: 'line 9 holds a GitLab token; revoke it' })).toBe(of(TOKEN)));

  it.each([
    ['file', { path: 'notes/b.md' }],
    ['reason', { reason: 'hidden_control' }],
    ['detail', { detail: 'line 2 holds a password in a URL; revoke it' }],
  ])('differs by %s', (_, change) => expect(of({ ...TOKEN, ...change })).not.toBe(of(TOKEN)));

  it('differs between equal findings of one file', () =>
    expect(new Set(fingerprintsOf([TOKEN, { ...TOKEN, line: 3 }]))).toHaveProperty('size', 2));
});
