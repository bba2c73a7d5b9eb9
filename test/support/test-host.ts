import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  CallerSource,
  GitLabSyncModule,
  orgId,
  type Caller,
  type GitLabSyncExtras,
  type GitLabSyncOptions,
  type Role,
} from '@app/gitlab-sync';
import { Secret } from '@app/kernel';

export const TEST_KEYS = new Secret(`test:${Buffer.alloc(32, 7).toString('base64')}`);

/** Reads the caller from the header `x-caller: <role> <org>`; the subject is Ada. */
export class HeaderCallers extends CallerSource {
  callerOf({ headers }: IncomingMessage): Caller | null {
    const [role, org] = String(headers['x-caller'] ?? '').split(' ');
    if (!role || !org) return null;
    const author = { name: 'Ada', email: 'ada@example.com' };
    return { subject: 'u1', role: role as Role, org: orgId(org), author, address: '127.0.0.1' };
  }
}

/** A host that only takes requests, on a database of its own. */
export async function startTestHost(
  databaseUrl: string,
  options: Partial<GitLabSyncOptions> & GitLabSyncExtras = {},
): Promise<INestApplication> {
  const module = GitLabSyncModule.forRoot({
    database: { url: databaseUrl, poolSize: 5 },
    publicUrl: 'https://dot.example.com/',
    keys: TEST_KEYS,
    role: 'web',
    callerSource: HeaderCallers,
    ...options,
  });
  const app = await NestFactory.create(module, { logger: false, abortOnError: false });
  return app.init();
}
