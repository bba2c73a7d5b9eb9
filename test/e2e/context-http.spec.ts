import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import supertest from 'supertest';
import { ContextStore, type ContextChanged } from '@app/context-store';
import { blobOf, CallerSource, Clock, EventBus, ManualClock, orgId, type Caller } from '@app/kernel';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { startTestHost } from '../support/test-host';

const LIMIT = 1_000;
const QUOTA = { maxBytes: 5_000, maxFiles: 100 };
const acme = orgId('acme');
const ada = { name: 'Ada', email: 'ada@example.com' };
const clock = new ManualClock(new Date('2026-01-01T12:00:00Z'));

/** Ada is who calls, in the role of the header. */
class AdaCalls extends CallerSource {
  callerOf({ headers }: IncomingMessage): Caller {
    const role = headers['x-role'] === 'admin' ? 'admin' : 'member';
    return { subject: 'ada', role, org: acme, author: ada, address: '127.0.0.1' };
  }
}

describe('the context routes', () => {
  let database: FreshDatabase;
  let app: INestApplication;
  let events: ContextChanged[];

  beforeAll(async () => {
    database = await freshDatabase();
    app = await startTestHost(database.url, {
      callerSource: AdaCalls,
      clock: { provide: Clock, useValue: clock },
      maxFileBytes: LIMIT,
      quota: QUOTA,
    });
    app.get(EventBus).on<ContextChanged>('context.changed.v1', (event) => void events.push(event));
  });
  beforeEach(async () => {
    events = [];
    const store = app.get(ContextStore);
    const { files } = await store.snapshot(acme);
    const edits = [...files.keys()].map((path) => ({ op: 'delete' as const, path }));
    await store.commit(acme, {
      id: `clear ${Math.random()}`,
      author: ada,
      message: '',
      origin: 'api',
      at: clock.now(),
      edits,
    });
    await app.get(EventBus).settled();
    events = [];
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const url = (rest: string) => `/orgs/acme/context/${rest}`;
  const api = () => supertest(app.getHttpServer());
  const put = (path: string, text: string) =>
    api()
      .put(url(`files/${path}`))
      .type('text/markdown')
      .send(text);
  const etag = (text: string) => `"${blobOf(Buffer.from(text))}"`;
  const revision = () => app.get(ContextStore).revision(acme);

  describe('a file', () => {
    it('is created, replaced and read with its type, ETag and revision', async () => {
      const created = await put('notes/a.md', '# Ä\r\n').expect(201);
      expect(created.body).toEqual({
        revision: await revision(),
        path: 'notes/a.md',
        blob: blobOf(Buffer.from('# Ä\r\n')),
        version: expect.any(String),
      });
      await put('notes/a.md', 'B').expect(200);
      const read = await api().get(url('files/notes/a.md')).expect(200);
      expect(read.text).toBe('B');
      expect(read.headers).toMatchObject({
        'content-type': 'text/markdown; charset=utf-8',
        etag: etag('B'),
        'x-context-revision': String(await revision()),
      });
    });

    it('is YAML by its name', async () => {
      await put('relationships.yaml', 'a: 1').expect(201);
      const { headers } = await api().get(url('files/relationships.yaml'));
      expect(headers['content-type']).toBe('application/yaml; charset=utf-8');
    });

    it.each([
      'text/plain',
      'application/yaml',
      'application/octet-stream',
      'application/x-yaml; charset=latin1',
    ])('takes its bytes as they are sent as %s', async (type) => {
      const bytes = Buffer.from('\uFEFFtext: ünï 💡\r\n');
      await api().put(url('files/notes/a.yml')).set('Content-Type', type).send(bytes).expect(201);
      const read = await api().get(url('files/notes/a.yml')).buffer().responseType('blob');
      expect(read.body).toEqual(bytes);
    });

    it('may be empty', async () => {
      await api().put(url('files/notes/empty.md')).expect(201);
      expect((await api().get(url('files/notes/empty.md')).expect(200)).text).toBe('');
    });

    it.each(['notes/with space.md', 'notes/#1%&+.md', 'notes/💡/ü.md', 'notes/100%25.md'])(
      'may be called %s',
      async (path) => {
        const encoded = path.split('/').map(encodeURIComponent).join('/');
        await put(encoded, 'A').expect(201);
        expect(
          (
            await api()
              .get(url(`files/${encoded}`))
              .expect(200)
          ).text,
        ).toBe('A');
        expect(
          (
            await api()
              .get(url(`files/${encodeURIComponent(path)}`))
              .expect(200)
          ).text,
        ).toBe('A');
        expect((await api().get(url('files'))).body.items).toMatchObject([{ path }]);
      },
    );

    it('is answered with 304 to those who have it', async () => {
      await put('notes/a.md', 'A');
      await api().get(url('files/notes/a.md')).set('If-None-Match', etag('A')).expect(304);
      await api().get(url('files/notes/a.md')).set('If-None-Match', etag('B')).expect(200);
    });

    it('makes no change when it is written as it is', async () => {
      const { body } = await put('notes/a.md', 'A');
      expect((await put('notes/a.md', 'A').expect(200)).body).toEqual(body);
    });

    it('is deleted', async () => {
      await put('notes/a.md', 'A');
      const { body } = await api().delete(url('files/notes/a.md')).expect(200);
      expect(body).toEqual({ revision: await revision(), changeId: expect.any(String) });
      await api().get(url('files/notes/a.md')).expect(404);
      await api().delete(url('files/notes/a.md')).expect(404);
    });
  });

  describe('preconditions', () => {
    const conflict = { status: 409, code: 'version_conflict' };

    it('let an edit through only while they hold', async () => {
      await put('notes/a.md', 'A');
      expect((await put('notes/a.md', 'B').set('If-Match', etag('X')).expect(409)).body).toMatchObject(
        conflict,
      );
      await put('notes/a.md', 'B')
        .set('If-Match', `"x", ${etag('A')}`)
        .expect(200);
      await put('notes/a.md', 'C').set('If-Match', '*').expect(200);
      await put('notes/a.md', 'D')
        .set('If-Match', `W/${etag('C')}`)
        .expect(409);
      await put('notes/none.md', 'A').set('If-Match', '*').expect(409);
      await put('notes/a.md', 'D').set('If-None-Match', '*').expect(409);
      await put('notes/new.md', 'A').set('If-None-Match', '*').expect(201);
      await api().delete(url('files/notes/a.md')).set('If-Match', etag('A')).expect(409);
      await api().delete(url('files/notes/a.md')).set('If-Match', etag('C')).expect(200);
    });
  });

  describe('refusals', () => {
    it.each([
      ['outside/a.md', 'path_not_allowed', 'notes'],
      ['notes/a.txt', 'path_not_allowed', '.md'],
      ['notes/%2e%2e/a.md', 'path_not_allowed', '..'],
      ['notes//a.md', 'path_not_allowed', 'empty name'],
      ['%2Fnotes/a.md', 'path_not_allowed', 'slash'],
      ['notes/.git/a.md', 'path_not_allowed', '.git'],
      ['notes/a%00.md', 'path_not_allowed', 'control character'],
      ['notes/a%0A.md', 'path_not_allowed', 'control character'],
      ['notes/git~1/a.md', 'path_not_allowed', '.git'],
      ['notes/.git%20/a.md', 'path_not_allowed', '.git'],
      ['notes/Q3:%20plan.md', 'path_not_allowed', 'use "notes/Q3 - plan.md" instead'],
      ['notes/CON.md', 'path_not_allowed', 'Windows reserves the name CON'],
      ['notes/drafts./a.md', 'path_not_allowed', 'use "notes/drafts/a.md" instead'],
    ])('of the path %s', async (path, code, detail) => {
      const { body } = await put(path, 'A')
        .expect(422)
        .expect('Content-Type', /problem\+json/);
      expect(body).toMatchObject({ code, detail: expect.stringContaining(detail) });
    });

    it.each([
      ['a.md', Buffer.from([0xff, 0xfe]), 'UTF-8'],
      ['a.md', Buffer.alloc(LIMIT + 1, 'x'), `limit of ${LIMIT}`],
      ['a.md', Buffer.alloc(LIMIT * 100, 'x'), `limit of ${LIMIT}`],
      ['a.yaml', Buffer.from('a: 1\nb: ]\n'), 'line 2, column 4'],
      ['a.md', Buffer.from('---\ntitle: [A\n---\n'), 'front matter'],
    ])('of the content of %s (%#)', async (name, bytes, detail) => {
      const before = await revision();
      const request = api()
        .put(url(`files/notes/${name}`))
        .type('application/octet-stream')
        .send(bytes);
      expect((await request.expect(422)).body).toMatchObject({
        code: 'content_invalid',
        detail: expect.stringContaining(detail),
      });
      expect(await revision()).toBe(before);
    });

    it('of reading an impossible path, with NUL and all', async () => {
      await api().get(url('files/notes/a%00.md')).expect(422);
      await api().get(url('files/notes/none.md')).expect(404);
      await api().get(url('versions/a%00')).expect(404);
      await api().get(url('history?path=a%00')).expect(400);
      await api().get(url('files?prefix=%00')).expect(400);
      await api().get(url('files?cursor=WyJcdTAwMDAiXQ')).expect(400);
    });

    it('of unknown fields, by name', async () => {
      const { body } = await api().put(url('files/notes/a.md?mesage=x')).send('A').expect(400);
      expect(body.errors).toEqual([{ field: 'mesage', detail: 'unknown field' }]);
    });
  });

  describe('a name that only Windows refuses', () => {
    const path = 'notes/Q2: plan.md';
    const change = (...changes: object[]) => api().post(url('changes')).send({ changes });

    it('is refused to a file that is moved there', async () => {
      await put('notes/plan.md', 'P').expect(201);
      await change({ op: 'move', from: 'notes/plan.md', path: 'notes/Q4?.md' }).expect(422);
    });

    it('stays with a file that came with it: it is edited, deleted and written again', async () => {
      await givenPull('pull-of-q2', { [path]: 'theirs' });
      await put(path, 'ours').expect(200);
      await api()
        .delete(url(`files/${path}`))
        .expect(200);
      await put(path, 'again').expect(201);
      await change({ op: 'move', from: path, path: 'notes/Q2.md' }).expect(201);
    });
  });

  describe('a change of several files', () => {
    const change = (body: object) => api().post(url('changes')).send(body);

    it('is made as a whole, with its author, message and source', async () => {
      await put('notes/old.md', 'old');
      const changes = [
        { op: 'put', path: 'notes/a.md', content: 'A' },
        { op: 'move', from: 'notes/old.md', path: 'notes/new.md' },
      ];
      const { body } = await change({ message: 'Tidy up', source: 'agent', changes }).expect(201);
      expect(body).toEqual({ revision: await revision(), changeId: expect.any(String) });
      const history = await api().get(url('history?limit=3')).expect(200);
      expect(history.body.items).toMatchObject([
        {
          path: 'notes/new.md',
          op: 'put',
          from: 'notes/old.md',
          changeId: body.changeId,
          message: 'Tidy up',
        },
        { path: 'notes/old.md', op: 'delete', blob: null, origin: 'agent' },
        { path: 'notes/a.md', op: 'put', author: ada, at: '2026-01-01T12:00:00.000Z', commit: null },
      ]);
    });

    it.each<[object, number, string]>([
      [{ changes: [] }, 400, 'validation_failed'],
      [{ changes: [{ op: 'put', path: 'notes/a.md' }] }, 400, 'validation_failed'],
      [{ changes: [{ op: 'move', path: 'notes/a.md' }] }, 400, 'validation_failed'],
      [{ changes: [{ op: 'put', path: 'notes/a.md', content: '\ud83d' }] }, 400, 'validation_failed'],
      [{ changes: [{ op: 'append', path: 'notes/a.md' }] }, 400, 'validation_failed'],
      [{ changes: [{ op: 'put', path: 'a.md', content: '' }] }, 422, 'path_not_allowed'],
      [{ changes: [{ op: 'put', path: 'notes/a.yaml', content: '[' }] }, 422, 'content_invalid'],
      [{ changes: [{ op: 'delete', path: 'notes/none.md' }] }, 404, 'not_found'],
      [{ changes: [{ op: 'delete', path: 'elsewhere/none.md' }] }, 422, 'path_not_allowed'],
      [{ changes: [{ op: 'move', from: 'notes/text.md', path: 'notes/text.yaml' }] }, 422, 'content_invalid'],
    ])('is refused whole: %j', async (body, status, code) => {
      await put('notes/text.md', 'a: [');
      const before = await revision();
      const first = { op: 'put', path: 'notes/first.md', content: 'A' };
      const { changes } = body as { changes: object[] };
      const refused = await change({ changes: changes.length ? [first, ...changes] : [] }).expect(status);
      expect(refused.body.code).toBe(code);
      expect(await revision()).toBe(before);
    });

    it('is refused with too many operations, also when the parser of the host has read it', async () => {
      const changes = Array.from({ length: 1_001 }, (_, i) => ({ op: 'delete', path: `notes/${i}.md` }));
      const refused = await change({ changes }).expect(422);
      expect(refused.body.code).toBe('too_many_operations');
    });

    it('has no id if nothing is different', async () => {
      await put('notes/a.md', 'A');
      const { body } = await change({ changes: [{ op: 'put', path: 'notes/a.md', content: 'A' }] }).expect(
        201,
      );
      expect(body).toEqual({ revision: await revision(), changeId: null });
    });

    it('may delete files that are out of scope', async () => {
      await givenPull('r0', { 'elsewhere/a.md': 'A' });
      await change({ changes: [{ op: 'move', from: 'elsewhere/a.md', path: 'notes/a.md' }] }).expect(201);
    });
  });

  describe('beyond the quota', () => {
    const refusal = {
      code: 'quota_exceeded',
      detail: expect.stringMatching(/5,000 bytes of files.*Delete files/),
    };
    const fill = async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e'])
        await put(`notes/${name}.md`, name.repeat(LIMIT)).expect(201);
    };

    it('refuses each edit that would make the files larger, and lets them become smaller', async () => {
      await fill();
      expect((await put('notes/f.md', 'F').expect(422)).body).toMatchObject(refusal);
      const changes = [
        { op: 'put', path: 'notes/a.md', content: '' },
        { op: 'put', path: 'notes/f.md', content: 'F'.repeat(LIMIT) },
        { op: 'move', from: 'notes/b.md', path: 'notes/g.md', content: 'B'.repeat(LIMIT) },
      ];
      await api().post(url('changes')).send({ changes }).expect(201);
      const more = [{ op: 'put', path: 'notes/a.md', content: 'A' }];
      expect((await api().post(url('changes')).send({ changes: more }).expect(422)).body).toMatchObject(
        refusal,
      );
      await put('notes/f.md', 'f').expect(200);
    });

    it('refuses to restore, and to undo, without room for the result', async () => {
      await givenPull('r9', { 'notes/old.md': 'old' });
      const { version } = (await api().get(url('files'))).body.items[0];
      await givenPull('r10', { 'notes/old.md': null });
      await fill();
      for (const body of [{ path: 'notes/old.md', version }, { runId: 'r10' }]) {
        const refused = await api().post(url('restore')).set('X-Role', 'admin').send(body).expect(422);
        expect(refused.body).toMatchObject(refusal);
      }
      await api().delete(url('files/notes/a.md')).expect(200);
      await api().post(url('restore')).set('X-Role', 'admin').send({ runId: 'r10' }).expect(201);
    });
  });

  describe('restoring', () => {
    const restore = (body: object) => api().post(url('restore')).set('X-Role', 'admin').send(body);
    const text = async (path: string) => {
      const { status, text } = await api().get(url(`files/${path}`));
      return status === 404 ? null : text;
    };

    it('brings a version back, whose text can be read', async () => {
      const { body: first } = await put('notes/a.md', 'A');
      await put('notes/a.md', 'B');
      const version = await api()
        .get(url(`versions/${first.version}`))
        .expect(200);
      expect([version.text, version.headers['content-type']]).toEqual(['A', 'text/markdown; charset=utf-8']);
      await restore({ path: 'notes/a.md', version: first.version }).expect(201);
      expect(await text('notes/a.md')).toBe('A');
      const { body } = await api().get(url('history?path=notes/a.md&limit=1'));
      expect(body.items[0].message).toBe('Restore notes/a.md');
    });

    it('knows only versions of that file', async () => {
      const { body } = await put('notes/a.md', 'A');
      await restore({ path: 'notes/b.md', version: body.version }).expect(404);
      await restore({ path: 'notes/a.md', version: 'none' }).expect(404);
      await api().get(url('versions/none')).expect(404);
    });

    it('undoes a sync run, once', async () => {
      await put('notes/changed.md', 'before');
      await put('notes/deleted.md', 'before');
      await givenPull('r1', {
        'notes/changed.md': 'pulled',
        'notes/created.md': 'pulled',
        'notes/deleted.md': null,
      });
      await givenPull('r1', { 'notes/changed.md': 'pulled again' });
      await restore({ runId: 'r1' }).expect(201);
      const paths = ['notes/changed.md', 'notes/deleted.md', 'notes/created.md'];
      expect(await Promise.all(paths.map(text))).toEqual(['before', 'before', null]);
      const { body: history } = await api().get(url('history')).expect(200);
      expect(history.items[0].message).toMatch(
        /^Undo the sync of “.+” by \S.* \(\d{4}-\d\d-\d\d \d\d:\d\d UTC\)$/,
      );
      expect((await restore({ runId: 'r1' }).expect(201)).body.changeId).toBeNull();
    });

    it('does not undo files that were edited since, and names them', async () => {
      await givenPull('r2', { 'notes/a.md': 'pulled', 'notes/b.md': 'pulled' });
      await put('notes/b.md', 'edited');
      const { body } = await restore({ runId: 'r2' }).expect(409);
      expect(body).toMatchObject({
        code: 'version_conflict',
        detail: expect.stringContaining('notes/b.md was changed'),
      });
      expect(await text('notes/a.md')).toBe('pulled');
    });

    it('is for admins, and for one thing at a time', async () => {
      await api().post(url('restore')).send({ runId: 'r1' }).expect(403);
      await restore({}).expect(400);
      await restore({ path: 'notes/a.md' }).expect(400);
      await restore({ path: 'notes/a.md', version: 'v', runId: 'r1' }).expect(400);
      await restore({ runId: 'unknown' }).expect(404);
    });
  });

  it('lists files page by page, at a revision', async () => {
    for (const name of ['c', 'a', 'b']) await put(`notes/${name}.md`, name);
    const first = await api().get(url('files?limit=2&prefix=notes/')).expect(200);
    expect(first.body).toEqual({
      revision: await revision(),
      items: [
        {
          path: 'notes/a.md',
          size: 1,
          blob: blobOf(Buffer.from('a')),
          version: expect.any(String),
          updatedAt: '2026-01-01T12:00:00.000Z',
          updatedBy: ada,
          origin: 'user',
        },
        expect.objectContaining({ path: 'notes/b.md' }),
      ],
      nextCursor: expect.any(String),
    });
    const second = await api().get(url(`files?limit=2&prefix=notes/&cursor=${first.body.nextCursor}`));
    expect(second.body).toMatchObject({ items: [{ path: 'notes/c.md' }], nextCursor: null });
  });

  it('notifies the other modules of committed changes, and of nothing else', async () => {
    await put('notes/a.md', 'A');
    await put('notes/a.md', 'A');
    await put('notes/a.txt', 'A');
    await app.get(EventBus).settled();
    expect(events).toEqual([
      {
        name: 'context.changed.v1',
        org: 'acme',
        revision: await revision(),
        origin: 'user',
        paths: ['notes/a.md'],
      },
    ]);
  });

  async function givenPull(runId: string, files: Record<string, string | null>): Promise<void> {
    const edits = Object.entries(files).map(([path, text]) =>
      text === null
        ? ({ op: 'delete', path } as const)
        : ({ op: 'put', path, content: Buffer.from(text) } as const),
    );
    const id = `pull ${runId} ${Object.keys(files)}`;
    await app
      .get(ContextStore)
      .commit(acme, { id, author: ada, message: 'Pull', origin: 'gitlab', at: clock.now(), edits, runId });
  }
});
