import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { recordTraces, type RecordedTraces } from '../../../test/support/record-traces';
import { Batcher } from './batcher';
import { DatabaseUnavailable } from './database-unavailable';
import { activeTrace, inTrace, traced } from './tracing';

const PLACE = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const SECOND = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-00`;

it('Without the package nothing is traced, and the work is done', async () => {
  const program = `
    const Module = require('node:module');
    const find = Module._resolveFilename;
    Module._resolveFilename = (name, ...more) => {
      if (name.startsWith('@opentelemetry/')) throw Object.assign(new Error(), { code: 'MODULE_NOT_FOUND' });
      return find(name, ...more);
    };
    const { activeTrace, inTrace, traced } = require(${JSON.stringify(join(__dirname, 'tracing.ts'))});
    inTrace('${PLACE}', () => traced('work', {}, async (span) => [span.note({}), span.fail('x'), activeTrace()]))
      .then((seen) => console.log(JSON.stringify(seen)));`;
  const runner = join(__dirname, '../../../test/support/run-typescript.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', runner, '--eval', program]);
  expect(JSON.parse(stdout)).toEqual([null, null, null]);
});

it('Without an SDK nothing is traced, and the work is done', async () => {
  expect(activeTrace()).toBeNull();
  const work = traced('work', { count: 1 }, async (span) => {
    span.note({ count: 2 });
    span.fail('never_seen');
    return activeTrace();
  });
  expect(await work).toBeNull();
  expect(inTrace(PLACE, () => 'done')).toBe('done');
});

describe('With an SDK, a trace', () => {
  let traces: RecordedTraces;
  beforeAll(() => (traces = recordTraces()));
  beforeEach(() => traces.forget());
  afterAll(() => traces.stop());

  const one = (name: string) => traces.spans().find((span) => span.name === name)!;

  it('shows work below the work that it is part of, with its values', async () => {
    await traced('outer', { 'x.kind': 'push', 'x.none': undefined }, () =>
      traced('inner', {}, async (span) => span.note({ 'x.count': 2 }), { outgoing: true }),
    );
    const [outer, inner] = [one('outer'), one('inner')];
    expect(inner.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
    expect([outer.attributes, inner.attributes]).toEqual([{ 'x.kind': 'push' }, { 'x.count': 2 }]);
    expect([outer.kind, inner.kind]).toEqual([SpanKind.INTERNAL, SpanKind.CLIENT]);
  });

  it('shows a failure by its code, never by its message', async () => {
    const unavailable = traced('known', {}, () => Promise.reject(new DatabaseUnavailable('a text')));
    await expect(unavailable).rejects.toThrow(DatabaseUnavailable);
    await expect(traced('bug', {}, () => Promise.reject(new TypeError('a text')))).rejects.toThrow('a text');
    const odd = Object.assign(new Error('a text'), { code: 'a text' });
    await expect(traced('odd', {}, () => Promise.reject(odd))).rejects.toThrow('a text');
    await traced('noted', {}, async (span) => span.fail('branch_gone'));
    const status = { code: SpanStatusCode.ERROR };
    expect([one('known'), one('bug'), one('odd'), one('noted')]).toMatchObject([
      { status, attributes: { 'error.type': 'database_unavailable' }, events: [] },
      { status, attributes: { 'error.type': 'TypeError' }, events: [] },
      { status, attributes: { 'error.type': 'Error' }, events: [] },
      { status, attributes: { 'error.type': 'branch_gone' }, events: [] },
    ]);
  });

  it('goes on from its stored place', async () => {
    let stored: string | null = null;
    await traced('request', {}, async () => void (stored = activeTrace()));
    expect(stored).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    await inTrace(stored, () => traced('later', {}, async () => undefined, { links: [PLACE, 'unreadable'] }));
    const later = one('later');
    expect(later.parentSpanContext).toEqual({ ...one('request').spanContext(), isRemote: true });
    expect(later.links.map(({ context }) => context.traceId)).toEqual(['a'.repeat(32)]);
  });

  it.each([[null], [''], ['00-xyz'], [`01-${PLACE.slice(3)}`], [`${PLACE}-more`]])(
    'is a new one after %j',
    async (stored) => {
      await traced('earlier', {}, () => inTrace(stored, () => traced('new', {}, async () => undefined)));
      expect(one('new').parentSpanContext).toBeUndefined();
    },
  );

  it('keeps the decision not to record it', async () => {
    await inTrace(SECOND, async () => expect(activeTrace()).toBe(SECOND));
    await inTrace(SECOND, () => traced('unseen', {}, async () => expect(activeTrace()).toMatch(/-00$/)));
    expect(one('unseen')).toBeUndefined();
  });

  it('shows the work of a batch with its first item', async () => {
    const seen: (string | undefined)[] = [];
    const batcher = new Batcher<string, null>(async (items) => {
      await Promise.resolve();
      seen.push(`${items.join()} ${trace.getActiveSpan()?.spanContext().traceId}`);
      return items.map(() => null);
    }, 10);
    const each = ['a', 'b', 'c'].map((item) => traced(item, {}, () => batcher.do(item)));
    await Promise.all(each);
    const [a, b] = ['a', 'b'].map((name) => one(name).spanContext().traceId);
    expect(seen).toEqual([`a ${a}`, `b,c ${b}`]);
  });
});
