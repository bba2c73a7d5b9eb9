import { Controller, Logger, Module, Param, Post, type INestApplication } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import type { NextFunction, Response } from 'express';
import supertest from 'supertest';
import { Clock, DatabaseUnavailable, DomainError, ManualClock, orgId, type Page } from '@app/kernel';
import { AccessGuard, AdminOnly } from './access';
import { AuditLog, type AuditEntry } from './audit-log.port';
import { AuditTrail } from './audit-trail';
import { Audited } from './audited';
import type { AuthenticatedRequest, Caller } from './caller';
import { ProblemFilter } from './problem';

class RememberedLog extends AuditLog {
  full = false;
  entries: AuditEntry[] = [];

  async add(entry: AuditEntry): Promise<void> {
    if (this.full) throw new Error('no room left');
    this.entries.push(entry);
  }

  async list(): Promise<Page<AuditEntry>> {
    return { items: this.entries, nextCursor: null };
  }
}

class TooLate extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'too_late';
}

@Controller('orgs/:org/trains')
@AdminOnly()
class Trains {
  @Post()
  @Audited('train.build', ({ name }: { name: string }) => name)
  build() {
    return { name: 'T1' };
  }

  @Post(':id/stop')
  @Audited('train.stop')
  stop(@Param('id') id: string) {
    if (id === 'gone') throw new TooLate('It has left.');
    if (id === 'ghost') throw new Error('a bug');
    if (id === 'lost') throw new DatabaseUnavailable('as expected by the spec');
  }

  @Post(':id/look')
  look() {
    return {};
  }
}

const log = new RememberedLog();

@Module({
  controllers: [Trains],
  providers: [
    { provide: AuditLog, useValue: log },
    { provide: Clock, useValue: new ManualClock(new Date('2026-01-01T12:00:00Z')) },
    AuditTrail,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
class Station {}

describe('the audit trail', () => {
  let app: INestApplication;
  let caller: Caller | undefined;
  const ada: Caller = {
    subject: 'u1',
    role: 'admin',
    org: orgId('acme'),
    author: { name: 'Ada', email: 'ada@example.com' },
    address: '203.0.113.7',
  };

  beforeAll(async () => {
    app = await NestFactory.create(Station, { logger: false });
    app.use((request: AuthenticatedRequest, _: Response, next: NextFunction) => {
      request.caller = caller;
      next();
    });
    await app.init();
  });
  beforeEach(() => {
    caller = ada;
    log.entries = [];
    log.full = false;
  });
  afterAll(() => app.close());

  const post = (path: string) => supertest(app.getHttpServer()).post(path);
  const kept = () => log.entries.map(({ org, action, target, result }) => [org, action, target, result]);

  it('keeps who did what to what, when, from where, and that it was done', async () => {
    await post('/orgs/acme/trains').expect(201);
    expect(log.entries).toEqual([
      {
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        org: 'acme',
        at: new Date('2026-01-01T12:00:00Z'),
        actor: { subject: 'u1', name: 'Ada', role: 'admin' },
        action: 'train.build',
        target: 'T1',
        from: '203.0.113.7',
        result: 'ok',
      },
    ]);
  });

  it.each([
    ['an act', '/orgs/acme/trains/t7/stop', {}, 201, ['acme', 'train.stop', 't7', 'ok']],
    ['what failed', '/orgs/acme/trains/gone/stop', {}, 409, ['acme', 'train.stop', 'gone', 'too_late']],
    ['what broke', '/orgs/acme/trains/ghost/stop', {}, 500, ['acme', 'train.stop', 'ghost', 'internal']],
    [
      'what the role forbids',
      '/orgs/acme/trains/t7/stop',
      { role: 'member' as const },
      403,
      ['acme', 'train.stop', 't7', 'forbidden_role'],
    ],
    [
      'an attempt on another org, with the one who tried',
      '/orgs/acme/trains/t7/stop',
      { org: orgId('globex') },
      403,
      ['globex', 'train.stop', 't7', 'forbidden_org'],
    ],
    [
      'what an operator tries',
      '/orgs/acme/trains',
      { role: 'operator' as const, org: null },
      403,
      ['acme', 'train.build', null, 'forbidden_role'],
    ],
    [
      'no more of a target than fits',
      `/orgs/acme/trains/${'x'.repeat(500)}%00/stop`,
      {},
      201,
      ['acme', 'train.stop', 'x'.repeat(200), 'ok'],
    ],
  ])('keeps %s', async (_, path, who, status, entry) => {
    caller = { ...ada, ...who };
    await post(path).expect(status);
    expect(kept()).toEqual([entry]);
  });

  it('keeps no control characters of a token', async () => {
    caller = { ...ada, subject: 'u\0\n1' };
    await post('/orgs/acme/trains').expect(201);
    expect(log.entries[0]?.actor.subject).toBe('u1');
  });

  it('does not keep what is no administrative act, nor what nobody in particular tries', async () => {
    await post('/orgs/acme/trains/t7/look').expect(201);
    caller = undefined;
    await post('/orgs/acme/trains').expect(401);
    expect(kept()).toEqual([]);
  });

  it('answers as ever when it cannot write', async () => {
    log.full = true;
    await post('/orgs/acme/trains').expect(201);
    await post('/orgs/acme/trains/gone/stop').expect(409);
  });

  it('does not ask a database that is away once more: the log of the process has the act', async () => {
    const said: unknown[] = [];
    const hear = (line: unknown) => said.push(line);
    Logger.overrideLogger({ error: hear, warn: hear, log: hear });
    await post('/orgs/acme/trains/lost/stop').expect(503);
    Logger.overrideLogger(false);
    expect(kept()).toEqual([]);
    const result = 'database_unavailable';
    expect(said).toEqual([expect.objectContaining({ action: 'train.stop', target: 'lost', result })]);
  });
});
