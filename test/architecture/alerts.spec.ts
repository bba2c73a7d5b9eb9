import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const OPERATIONS = join(__dirname, '../../docs/operations');
const RULES = join(OPERATIONS, 'alerts.yml');
const RULE_TESTS = join(OPERATIONS, 'alerts.test.yml');

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}
interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly object[];
    }[];
  }[];
}

const rules = (parse(readFileSync(RULES, 'utf8')) as Rules).groups.flatMap((group) => group.rules);
const cases = (parse(readFileSync(RULE_TESTS, 'utf8')) as RuleTests).tests.flatMap(
  (test) => test.alert_rule_test,
);

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
const withPromtool = hasPromtool || process.env.CI ? it : it.skip;

describe('The alerts', () => {
  withPromtool('are rules that Prometheus accepts, and fire as their tests expect (promtool)', () => {
    for (const args of [
      ['check', 'rules', RULES],
      ['test', 'rules', RULE_TESTS],
    ]) {
      const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
      expect(`${status} ${stdout}${stderr}`).toMatch(/^0 /);
    }
  });

  it('each have a test in which they fire', () => {
    const fired = new Set(cases.filter((one) => one.exp_alerts.length).map((one) => one.alertname));
    expect(rules.map(({ alert }) => alert).filter((alert) => !fired.has(alert))).toEqual([]);
  });

  it('read no metric of another job', () => {
    const metrics = /\b(?:up|sync_\w+|token_\w+|gitlab_\w+|http_\w+|nodejs_\w+|row_\w+)\b(\{[^}]*\})?/g;
    const selectors = rules.flatMap(({ alert, expr }) =>
      [
        ...expr
          .replaceAll(/"[^"]*"/g, (text) => (text.includes('dot-gitlab-sync') ? text : '""'))
          .matchAll(metrics),
      ].map(([, labels = '{}']) => `${alert} ${labels}`),
    );
    expect(selectors.length).toBeGreaterThan(rules.length);
    expect(selectors.filter((selector) => !selector.includes('{job="dot-gitlab-sync"'))).toEqual([]);
  });

  it('count no probe as a request', () => {
    const ofRequests = rules.filter(({ expr }) => /http_request\w+\{[^}]*status=~?"5/.test(expr));
    expect(ofRequests.length).toBeGreaterThan(1);
    for (const { expr } of ofRequests) expect(expr).toContain('route!~"/health/.*|/metrics"');
  });
});
