import {
  Controller,
  Get,
  Injectable,
  Module,
  Post,
  type CanActivate,
  type INestApplication,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import supertest from 'supertest';
import { CallerSource, type Caller } from '@app/kernel';
import { AdminOnly, AllowedTo } from './access';
import { mounted } from './mounted';
import { Refusals } from './refusals.port';

let done: string[];
let caller: unknown;

class GivenCaller extends CallerSource {
  callerOf(): Caller {
    return caller as Caller;
  }
}

class NoRefusals extends Refusals {
  async record(): Promise<void> {
    done.push('refused');
  }
}

@Controller('orgs/:org/acts')
class Acts {
  @Get()
  forget() {
    done.push('without a rule');
  }

  @Post()
  @AdminOnly()
  act() {
    done.push('act');
  }

  @Post('as-operator')
  @AllowedTo('operator')
  actAsOperator() {
    done.push('as-operator');
  }

  @Post('open')
  @AllowedTo('anyone')
  actOpenly() {
    done.push('open');
  }
}

@Injectable()
class HostGuard implements CanActivate {
  canActivate(): boolean {
    done.push('guard of the host');
    return true;
  }
}

const ports = [
  { provide: CallerSource, useClass: GivenCaller },
  { provide: Refusals, useClass: NoRefusals },
];

@Module({ controllers: [mounted(Acts)], providers: ports })
class Host {}

const ada = {
  subject: 'u1',
  role: 'admin',
  org: 'acme',
  author: { name: 'Ada', email: 'ada@example.com' },
  address: '203.0.113.7',
};
const long = 'x'.repeat(256);

describe('a caller that a host names', () => {
  let app: INestApplication;

  beforeAll(async () => {
    app = await NestFactory.create(Host, { logger: false });
    await app.init();
  });
  beforeEach(() => (done = []));
  afterAll(() => app.close());

  const post = (path = '') => supertest(app.getHttpServer()).post(`/orgs/acme/acts${path}`);

  it('reaches an act if it is whole', async () => {
    caller = ada;
    await post().expect(201);
    caller = { ...ada, role: 'operator', org: null };
    await post('/as-operator').expect(201);
    expect(done).toEqual(['act', 'as-operator']);
  });

  it.each<[field: string, what: string, caller: unknown]>([
    ['subject', 'no object', 'ada'],
    ['subject', 'a number as subject', { ...ada, subject: 7 }],
    ['subject', 'no subject', { ...ada, subject: undefined }],
    ['subject', 'a blank subject', { ...ada, subject: ' ' }],
    ['subject', 'a long subject', { ...ada, subject: long }],
    ['role', 'an unknown role', { ...ada, role: 'root' }],
    ['role', 'a list of roles', { ...ada, role: ['admin'] }],
    ['org', 'no org', { ...ada, org: null }],
    ['org', 'a list of orgs', { ...ada, org: ['acme'] }],
    ['org', 'an impossible org', { ...ada, org: '../acme' }],
    ['author.name', 'no author', { ...ada, author: undefined }],
    ['author.name', 'a number as name', { ...ada, author: { ...ada.author, name: 7 } }],
    ['author.name', 'a long name', { ...ada, author: { ...ada.author, name: long } }],
    ['author.email', 'no address of the author', { ...ada, author: { name: 'Ada' } }],
    ['address', 'no address', { ...ada, address: undefined }],
    ['address', 'a long address', { ...ada, address: long }],
  ])('reaches no act with a wrong %s: %s', async (field, _, malformed) => {
    caller = malformed;
    const { body } = await post().expect(401);
    expect(body).toMatchObject({ code: 'unauthenticated' });
    expect(body.detail).toContain(`"${field}"`);
    expect(done).toEqual([]);
  });

  it('reaches no act as an operator of an org', async () => {
    caller = { ...ada, role: 'operator' };
    await post('/as-operator').expect(401);
    expect(done).toEqual([]);
  });

  it('does not matter where anyone may call', async () => {
    caller = 7;
    await post('/open').expect(201);
  });

  it('reaches no route without a rule, whatever its role', async () => {
    caller = ada;
    await supertest(app.getHttpServer()).get('/orgs/acme/acts').expect(403);
    expect(done).toEqual(['refused']);
  });

  it('is known to the guards of the host first', async () => {
    @Module({ controllers: [mounted(Acts, { guards: [HostGuard] })], providers: ports })
    class GuardedHost {}
    const guarded = await NestFactory.create(GuardedHost, { logger: false });
    await guarded.init();
    caller = ada;
    await supertest(guarded.getHttpServer()).post('/orgs/acme/acts').expect(201);
    await guarded.close();
    await post().expect(201);
    expect(done).toEqual(['guard of the host', 'act', 'act']);
  });
});
