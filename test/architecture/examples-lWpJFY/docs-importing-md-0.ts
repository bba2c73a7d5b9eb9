import { Injectable, Module } from '@nestjs/common';
import { CallerSource, GitLabSync, GitLabSyncModule, orgId, type Actor, type Caller } from '@dot/gitlab-sync';
import type { IncomingMessage } from 'node:http';

/** A request that the application's own guard has authenticated. */
interface KnownRequest extends IncomingMessage {
  user?: { id: string; org: string; name: string; email: string; admin: boolean };
}

@Injectable()
export class Callers extends CallerSource {
  override callerOf({ user, socket }: KnownRequest): Caller | null {
    if (!user) return null;
    return {
      subject: user.id,
      role: user.admin ? 'admin' : 'member',
      org: orgId(user.org),
      author: { name: user.name, email: user.email },
      address: socket.remoteAddress ?? '-',
    };
  }
}

/** Uses the facade instead of HTTP. The application decides beforehand whether the actor may act. */
@Injectable()
export class Publishing {
  constructor(private readonly sync: GitLabSync) {}

  async publish(org: string, by: Actor): Promise<string> {
    const { id } = await this.sync.push(orgId(org), by);
    for await (const run of this.sync.watch(orgId(org), id)) if (run.finishedAt) return run.status;
    return 'unknown';
  }
}

@Module({
  imports: [
    GitLabSyncModule.forRootAsync({
      useFactory: () => ({
        database: { url: 'postgres://dot@db/dot' },
        keys: '2026-01:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
        publicUrl: 'https://dot.example.com',
      }),
      callerSource: Callers,
      http: { path: 'api/v1' },
    }),
  ],
  providers: [Publishing],
})
export class AppModule {}
