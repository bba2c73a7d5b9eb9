import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { TestService } from '../support/service';

const OPERATIONS = join(__dirname, '../../docs/operations');
const read = (name: string) => readFileSync(join(OPERATIONS, name), 'utf8');

interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}
interface Dashboard {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
}

const alerts = (load(read('alerts.yml')) as Alerts).groups.flatMap(({ rules }) => rules);
const dashboard = JSON.parse(read('dashboard.json')) as Dashboard;

describe('metrics', () => {
  let service: TestService;
  const text = async () => (await request(service.url).get('/metrics').expect(200)).text;

  beforeAll(async () => {
    service = await TestService.start('embedded');
  });
  afterAll(() => service.stop());

  it('are all there that the dashboard and the alerts name', async () => {
    const known = [...(await text()).matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
    const expressions = [
      ...alerts.map(({ expr }) => expr),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    const named = expressions.flatMap(
      (expr) => expr.match(/\b(sync|token|gitlab|http|process|nodejs|row)_\w+/g) ?? [],
    );
    const missing = named.filter(
      (name) => !known.includes(name) && !known.includes(name.replace(/_(bucket|sum|count)$/, '')),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it('have an alert each explained in the guide', () => {
    const guide = read('guide.md');
    expect(alerts.filter(({ alert }) => !guide.includes(`\`${alert}\``))).toEqual([]);
  });

  it('count runs, calls to GitLab and received deliveries', async () => {
    const admin = await service.as();
    const { id } = service.gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    await admin.settled();
    await admin.patch('gitlab/project', { autoSync: true }).expect(200);
    await admin.put('context/files/notes/a.md', 'b\n').expect(200);
    await admin.until(async () => (await text()).includes('sync_commits_total 1\n'));

    const figures = await text();
    for (const line of [
      'sync_runs_total{kind="initial",outcome="succeeded",retrying="false"} 1',
      'sync_queue_wait_seconds_count{kind="push"} 1',
      'sync_run_duration_seconds_count{kind="push"} 1',
      'sync_backlog{what="stopped"} 0',
      'sync_oldest_work_seconds 0',
      'sync_runnable_orgs 0',
      'sync_process_info{role="all"} 1',
      'gitlab_request_duration_seconds_count{method="POST",route="/api/v4/projects/:value/repository/commits",status="201"} 1',
    ])
      expect(figures).toContain(line);
    expect(figures).toMatch(/^gitlab_wait_seconds_count [1-9]/m);
    expect(figures).not.toContain(admin.org);
  });
});
