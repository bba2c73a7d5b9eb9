import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { readFileSync } from 'node:fs';
import { instrument } from '../support/instrument';
import { recordTraces, type RecordedTraces } from '../support/record-traces';
import { describeWithRedis } from '../support/redis';
import { TestService, type Client, type Mode } from '../support/service';
import { idOf, printTrace, traceOf } from '../support/trace-tree';

const PAGE = readFileSync('docs/operations/traces.md', 'utf8');
const SECRET_TEXT = 'a text that only the file has';

/** One SDK for all suites of the file, as a process has it. */
let traces: RecordedTraces;
beforeAll(() => (traces = recordTraces()));
afterAll(() => traces.stop());

describe.each<[Mode]>([['embedded'], ['distributed']])('The trace, %s,', (mode) => {
  const describeIt = mode === 'distributed' ? describeWithRedis : describe;
  describeIt('over HTTP', () => {
    let stopInstrument: () => void;
    let service: TestService;
    let admin: Client;
    beforeAll(async () => {
      stopInstrument = instrument(() => service && Number(new URL(service.url).port));
      service = await TestService.start(mode);
      admin = await service.as();
      const project = service.gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
      const { value: token } = service.gitlab.givenToken('ada');
      await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
      await admin.put('gitlab/project', { projectId: project.id }).expect(200);
      await admin.settled();
      await admin.patch('gitlab/project', { autoSync: true }).expect(200);
      await admin.post('gitlab/webhook/register').expect(200);
      await service.gitlab.deliveries.settled();
      await admin.settled();
      await admin.until(async () => traces.atRest());
      traces.forget();
    });
    afterAll(async () => {
      await service.stop();
      stopInstrument();
    });

    /** The whole trace of a pass of this kind, once it has ended. The caller asks nothing meanwhile. */
    const passed = (kind: string): Promise<readonly ReadableSpan[]> =>
      admin.until(async () => {
        const pass = traces
          .spans()
          .find(
            ({ name, attributes }) => name === 'gitlab_sync.pass' && attributes['gitlab_sync.kind'] === kind,
          );
        return pass && traces.atRest() && traceOf(pass, traces.spans());
      });

    /** The names of spans that have a query below them: each, or those with this word. */
    const querying = (spans: readonly ReadableSpan[], word = ''): string[] => {
      const queries = spans.filter(({ attributes }) =>
        String(attributes['db.query.text'] ?? '').includes(word),
      );
      const names = queries
        .filter(({ name }) => name === 'PostgreSQL')
        .map(
          ({ parentSpanContext: parent }) =>
            spans.find((span) => idOf(span) === parent?.spanId)?.name ?? 'none',
        );
      return [...new Set(names)].sort();
    };
    beforeEach(async () => {
      await admin.settled();
      await service.gitlab.deliveries.settled();
      traces.forget();
    });

    it('of an edit leads from the request through the queue to the commit', async () => {
      await admin.put('context/files/notes/a.md', SECRET_TEXT).expect(200);
      const spans = await passed('push');
      expect(PAGE).toContain(`\n${printTrace(spans)}\n`);
      expect(querying(spans)).toEqual([
        'HTTP PUT',
        'gitlab_sync.commit',
        'gitlab_sync.edit',
        'gitlab_sync.pass',
      ]);
      // The worker takes the lease outside of the trace that woke it.
      expect(querying(spans, 'lease_owner')).toEqual(['gitlab_sync.commit', 'gitlab_sync.pass']);
    });

    it('of a webhook leads from the delivery through the queue to the text that the AI reads', async () => {
      service.gitlab.git.push('ada/context', 'main', { files: { 'notes/a.md': `${SECRET_TEXT}, and more` } });
      const spans = await passed('pull');
      expect((await admin.get('context/files/notes/a.md').expect(200)).text).toContain('and more');
      expect(PAGE).toContain(`\n${printTrace(spans)}\n`);
      expect(querying(spans)).toEqual(['gitlab_sync.delivery', 'gitlab_sync.pass', 'gitlab_sync.store']);
    });

    it('of a request that is refused says why by a code', async () => {
      await admin.put('context/files/elsewhere/a.md', SECRET_TEXT).expect(422);
      const edit = traces.spans().find(({ name }) => name === 'gitlab_sync.edit');
      expect(edit?.attributes).toMatchObject({ 'error.type': 'path_not_allowed' });
    });

    it('has no text, no path, no person and no secret', async () => {
      await admin.put('context/files/notes/b.md', SECRET_TEXT).expect(201);
      await admin.put('context/files/elsewhere/b.md', SECRET_TEXT).expect(422);
      await passed('push');
      const own = traces.spans().filter(({ name }) => name.startsWith('gitlab_sync.'));
      const said = JSON.stringify(
        own.map(({ name, attributes, events, status }) => [name, attributes, events, status]),
      );
      expect(said).toContain(service.org);
      for (const secret of [SECRET_TEXT, 'notes', 'elsewhere', 'Ada', 'glpat', 'ada/context'])
        expect(said).not.toContain(secret);
    });
  });
});
