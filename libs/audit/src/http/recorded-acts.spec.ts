import { Body, Controller, Logger, Module, Param, Post, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsOptional, IsString } from 'class-validator';
import supertest from 'supertest';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { Action, AdminOnly, CurrentActor, mounted, Refusals } from '@app/http';
import {
  CallerSource,
  Clock,
  DatabaseUnavailable,
  DomainError,
  ManualClock,
  orgId,
  Transactions,
  type Actor,
  type Caller,
} from '@app/kernel';
import type { Act } from '../application/act';
import { AuditLog } from '../application/audit-log.port';
import { AuditTrail } from '../application/audit-trail';
import type { AuditEntry } from '../domain/audit-entry';
import { InMemoryAuditLog } from '../../testing/in-memory-audit-log';
import { RecordRefusals } from './record-refusals';

/** A log that can be full. */
class SmallLog extends InMemoryAuditLog {
  full = false;

  override async add(entry: AuditEntry): Promise<void> {
    if (this.full) throw new Error('no room left');
    await super.add(entry);
  }
}

class TooLate extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'run_over';
}

const tables = new InMemoryTables();
const transactions = new InMemoryTransactions(tables);
const trains = tables.table<{ readonly id: string }>('trains');
const log = new SmallLog(tables);

let caller: Caller | undefined;

class GivenCaller extends CallerSource {
  callerOf(): Caller | null {
    return caller ?? null;
  }
}

class TrainBody {
  @IsOptional()
  @IsString()
  name?: string;
}

@Controller('orgs/:org/trains')
@AdminOnly()
class Trains {
  constructor(private readonly trail: AuditTrail) {}

  @Post()
  @Action('train.build')
  build(@Param('org') org: string, @CurrentActor() by: Actor, @Body() _: TrainBody) {
    return this.act('train.build', org, null, by, (act) =>
      transactions.run(async () => {
        trains.set('T1', { id: 'T1' });
        await act.record('T1');
        return { name: 'T1' };
      }),
    );
  }

  @Post('forget')
  @Action('train.forget')
  forget(@Param('org') org: string, @CurrentActor() by: Actor) {
    return this.act('train.forget', org, null, by, async () => ({}));
  }

  @Post('undo')
  @Action('train.undo')
  undo(@Param('org') org: string, @CurrentActor() by: Actor) {
    return this.act('train.undo', org, null, by, async (act) => {
      const undone = transactions.run(async () => {
        await act.record();
        throw new TooLate('It cannot be undone.');
      });
      await undone.catch(() => undefined);
    });
  }

  @Post(':id/stop')
  @Action('train.stop')
  stop(@Param('org') org: string, @Param('id') id: string, @CurrentActor() by: Actor) {
    return this.act('train.stop', org, id, by, async (act) => {
      if (id === 'gone') throw new TooLate('It has left.');
      if (id === 'ghost') throw new Error('a bug');
      if (id === 'lost') throw new DatabaseUnavailable('as expected by the spec');
      await act.record();
      if (id === 'late') throw new TooLate('It has stopped, but not in time.');
    });
  }

  @Post(':id/sell')
  @Action('train.sell')
  sell(@Param('org') org: string, @Param('id') id: string, @CurrentActor() by: Actor) {
    return this.act('train.sell', org, id, by, async (act) => {
      await act.begin('to Globex');
      await act.record('to Globex');
    });
  }

  @Post(':id/look')
  look() {
    return {};
  }

  private act<T>(
    action: string,
    org: string,
    target: string | null,
    by: Actor,
    work: (act: Act) => Promise<T>,
  ) {
    return this.trail.attempt({ org: orgId(org), action, by, target }, work);
  }
}

@Module({
  controllers: [mounted(Trains)],
  providers: [
    { provide: AuditLog, useValue: log },
    { provide: Transactions, useValue: transactions },
    { provide: Clock, useValue: new ManualClock(new Date('2026-01-01T12:00:00Z')) },
    AuditTrail,
    { provide: CallerSource, useClass: GivenCaller },
    { provide: Refusals, useClass: RecordRefusals },
  ],
})
class Station {}

describe('the route of an act', () => {
  let app: INestApplication;
  const ada: Caller = {
    subject: 'u1',
    role: 'admin',
    org: orgId('acme'),
    author: { name: 'Ada', email: 'ada@example.com' },
    address: '203.0.113.7',
  };

  beforeAll(async () => {
    app = await NestFactory.create(Station, { logger: false });
    await app.init();
  });
  beforeEach(async () => {
    caller = ada;
    log.full = false;
    await tables.run(() => {
      for (const name of ['audit_entries', 'trains']) {
        const table = tables.table<{ id?: string; entry?: AuditEntry }>(name);
        for (const { id, entry } of table.values()) table.delete(id ?? entry!.id);
      }
    });
  });
  afterAll(() => app.close());

  const post = (path: string) => supertest(app.getHttpServer()).post(path);
  const entries = () =>
    tables
      .table<{ entry: AuditEntry }>('audit_entries')
      .values()
      .map(({ entry }) => entry);
  const kept = () => entries().map(({ org, action, target, result }) => [org, action, target, result]);

  it('keeps who did what to what, when, from where, and that it was done', async () => {
    await post('/orgs/acme/trains').expect(201);
    expect(entries()).toEqual([
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
    ['what failed', '/orgs/acme/trains/gone/stop', {}, 409, ['acme', 'train.stop', 'gone', 'run_over']],
    ['what broke', '/orgs/acme/trains/ghost/stop', {}, 500, ['acme', 'train.stop', 'ghost', 'internal']],
    [
      'that it was done, whatever failed after that',
      '/orgs/acme/trains/late/stop',
      {},
      409,
      ['acme', 'train.stop', 'late', 'ok'],
    ],
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

  it('keeps that an act was begun, before what cannot be rolled back', async () => {
    await post('/orgs/acme/trains/t7/sell').expect(201);
    expect(kept()).toEqual([
      ['acme', 'train.sell', 'to Globex', 'begun'],
      ['acme', 'train.sell', 'to Globex', 'ok'],
    ]);
  });

  it('records that a request was malformed', async () => {
    await post('/orgs/acme/trains').send({ colour: 'red' }).expect(400);
    expect(kept()).toEqual([['acme', 'train.build', null, 'validation_failed']]);
  });

  it('keeps no control characters of a token', async () => {
    caller = { ...ada, subject: 'u\0\n1' };
    await post('/orgs/acme/trains').expect(201);
    expect(entries()[0]?.actor.subject).toBe('u1');
  });

  it('records neither reads nor requests without a known caller', async () => {
    await post('/orgs/acme/trains/t7/look').expect(201);
    caller = undefined;
    await post('/orgs/acme/trains').expect(401);
    expect(kept()).toEqual([]);
  });

  it('does nothing if its entry cannot be written', async () => {
    log.full = true;
    await post('/orgs/acme/trains').expect(500);
    expect(trains.values()).toEqual([]);
    expect(kept()).toEqual([]);
  });

  it('refuses as ever if the refusal cannot be written', async () => {
    log.full = true;
    await post('/orgs/acme/trains/gone/stop').expect(409);
    caller = { ...ada, role: 'member' };
    await post('/orgs/acme/trains').expect(403);
  });

  it.each([
    ['was never recorded', 'train.forget', '/orgs/acme/trains/forget'],
    ['was recorded in a transaction that was rolled back', 'train.undo', '/orgs/acme/trains/undo'],
  ])('does not answer that an act is done that %s', async (_, action, path) => {
    await post(path).expect(500);
    expect(kept()).toEqual([['acme', action, null, 'internal']]);
  });

  it('does not ask a database that is unavailable once more: the log of the process has the act', async () => {
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
