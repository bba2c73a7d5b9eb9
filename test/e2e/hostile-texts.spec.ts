import { blobOf } from '@app/kernel';
import { Client as Postgres } from 'pg';
import request from 'supertest';
import { ENDLESS_YAML } from '../support/hostile-texts';
import { TestService } from '../support/service';

/** Long enough for the requests made meanwhile; the inspection itself would take minutes. */
const LIMIT_MS = 10_000;

describe('a text that is hard to inspect', () => {
  let service: TestService;
  let postgres: Postgres;
  beforeAll(async () => {
    service = await TestService.start('embedded', { inspection: { singleMs: LIMIT_MS } });
    postgres = new Postgres(service.ownerUrl);
    await postgres.connect();
  });
  afterAll(async () => {
    await postgres.end();
    await service.stop();
  });

  const begun = async (text: string) => {
    const { rows } = await postgres.query(
      'SELECT FROM inspections WHERE blob = $1 AND attempts = 1 AND result IS NULL',
      [blobOf(Buffer.from(text))],
    );
    return rows.length > 0;
  };

  it('does not delay other callers, and is refused in the end', async () => {
    const answered: string[] = [];
    const [member, other] = [await service.as(), await service.as({ org: 'globex' })];
    const hostile = member.put('context/files/notes/a.yaml', ENDLESS_YAML).then((answer) => {
      answered.push('hostile');
      return answer;
    });
    await member.until(() => begun(ENDLESS_YAML));

    await request(service.url).get('/health/live').expect(200);
    answered.push('live');
    await other.put('context/files/notes/b.yaml', 'a: b\n').expect(201);
    answered.push('other org');
    await member.get('context/files').expect(200);
    answered.push('same org');

    const { status, body } = await hostile;
    expect(answered).toEqual(['live', 'other org', 'same org', 'hostile']);
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'too_complex' });
    expect(body.detail).toContain('simplify it or split it');
  });

  it('is inspected once, however often it is sent', async () => {
    const member = await service.as();
    const { status, body } = await member.put('context/files/notes/c.yml', ENDLESS_YAML);
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'too_complex' });
    const { rows } = await postgres.query('SELECT count(*)::int AS texts FROM inspections WHERE org = $1', [
      service.org,
    ]);
    expect(rows).toEqual([{ texts: 1 }]);
  });
});
