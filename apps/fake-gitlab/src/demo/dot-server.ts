import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';

const SERVER = join(__dirname, '../../../../server/main.js');
const START_TIMEOUT_MS = 60_000;

/** Runs the real server in its own process, on its own database, which is deleted when the demo ends. */
export class DotServer {
  private constructor(
    readonly url: string,
    private readonly secret: string,
    private readonly dataDir: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<DotServer> {
    const port = await freePort();
    const secret = randomBytes(32).toString('base64url');
    const dataDir = mkdtempSync(join(tmpdir(), 'dot-gitlab-sync-demo-'));
    const env = {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: dataDir,
      AUTH_JWT_SECRET: secret,
      GITLAB_ALLOW_PRIVATE: '127.0.0.1',
      LOG_LEVEL: 'warn',
      DATABASE_URL: '',
      REDIS_URL: '',
      ROLE: '',
    };
    const child = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const server = new DotServer(`http://127.0.0.1:${port}`, secret, dataDir, child);
    await server.ready();
    return server;
  }

  token(org: string, role: 'admin' | 'member', name: string): Promise<string> {
    return new SignJWT({ org, role, name, email: `${name.toLowerCase()}@example.com` })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(name.toLowerCase())
      .setExpirationTime('1 day')
      .sign(new TextEncoder().encode(this.secret));
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      const exit = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await exit;
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end;) {
      if (this.process.exitCode !== null) break;
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await this.stop();
    throw new Error('The server did not start. Its messages are above.');
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
