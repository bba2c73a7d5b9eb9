import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { NextFunction, Response } from 'express';
import { AuditModule } from '@app/audit';
import { CredentialsModule } from '@app/credentials';
import { FakeKeySource } from '@app/credentials/testing';
import { DatabaseModule } from '@app/database';
import { GitLabConnector } from '@app/gitlab';
import { FakeGitLabConnector, type FakeGitLabInstance } from '@app/fake-gitlab';
import { AccessGuard, ProblemFilter, validationPipe, type AuthenticatedRequest, type Role } from '@app/http';
import { Clock, EventBus, orgId, type ManualClock } from '@app/kernel';
import { ProjectConfigModule } from '@app/project-config';
import { migrations } from './database';

export interface AccountsAppParts {
  readonly databaseUrl: string;
  readonly gitlab: FakeGitLabInstance;
  readonly clock: ManualClock;
}

/** Both modules as a host wires them, on PostgreSQL and a fake GitLab. The caller is who the `x-caller: <role> <org>` header says. */
export async function startAccountsApp({ databaseUrl, gitlab, clock }: AccountsAppParts) {
  const providers = [
    { provide: Clock, useValue: clock },
    { provide: EventBus, useValue: new EventBus() },
    { provide: GitLabConnector, useValue: new FakeGitLabConnector(gitlab) },
  ];

  @Global()
  @Module({ providers, exports: [Clock, EventBus, GitLabConnector] })
  class SharedModule {}

  const testing = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: databaseUrl, poolSize: 3 }, migrations),
      AuditModule,
      SharedModule,
      CredentialsModule.forRoot({ keyRing: new FakeKeySource() }),
      ProjectConfigModule.forRoot(),
    ],
    providers: [
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_PIPE, useFactory: validationPipe },
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  }).compile();
  const app = testing.createNestApplication<NestExpressApplication>();
  app.use(
    (
      request: AuthenticatedRequest & { headers: { 'x-caller'?: string } },
      _: Response,
      next: NextFunction,
    ) => {
      const [role, org] = (request.headers['x-caller'] ?? '').split(' ');
      if (role && org) {
        const author = { name: 'Ada', email: 'ada@example.com' };
        request.caller = { subject: 'u1', role: role as Role, org: orgId(org), author, address: '127.0.0.1' };
      }
      next();
    },
  );
  return app.init();
}
