import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { freshDatabase, type FreshDatabase } from '../../support/database';
import { freePort } from '../../support/service';
import { ServiceProcess } from '../../support/service-process';
import { serviceEnv } from '../../support/service-settings';

/** The service as operators run it, with its log, on a database of its own. */
export class OperatedService {
  private readonly secret = randomBytes(32).toString('base64url');

  private constructor(
    readonly database: FreshDatabase,
    readonly url: string,
  ) {}

  private process: ServiceProcess;

  static async start(): Promise<OperatedService> {
    const [database, port] = [await freshDatabase(), await freePort()];
    const service = new OperatedService(database, `http://127.0.0.1:${port}`);
    const { secret, url } = service;
    const shape = { role: 'all', databaseUrl: database.url, publicUrl: url, secret, port } as const;
    service.process = await ServiceProcess.main({
      ...serviceEnv(shape),
      LOG_LEVEL: 'info',
      RATE_LIMIT_PER_MINUTE: '0',
    }).ready();
    return service;
  }

  get pid(): number {
    return this.process.pid;
  }

  tokenFor(org: string): Promise<string> {
    return new SignJWT({ org, role: 'admin', name: 'Ada', email: 'ada@example.com' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('Ada')
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(this.secret));
  }

  async stop(): Promise<void> {
    await this.process.kill();
    await this.database.drop();
  }
}
