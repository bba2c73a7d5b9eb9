import { randomBytes } from 'node:crypto';
import { access, chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import { run, type DatabaseUser } from './command';
import { EmbeddedPostgresUnavailable } from './embedded-postgres.errors';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '64MB',
  max_connections: '100',
  log_checkpoints: 'off',
};

/** Greater than any process number on Linux. */
const NO_PROCESS = 4_194_305;

/** For data that may be lost when the machine crashes. */
const EPHEMERAL = { fsync: 'off', full_page_writes: 'off' };

/** One PostgreSQL data directory and the programs that work on it. */
export class Cluster {
  readonly data: string;

  constructor(
    private readonly home: string,
    private readonly binaries: Binaries,
    private readonly user: DatabaseUser,
    private readonly ephemeral: boolean,
  ) {
    this.data = join(home, 'data');
  }

  /** Creates the data in another directory and renames it, so that a data directory is always complete. */
  async initialise(password: string): Promise<void> {
    if (await this.has('PG_VERSION')) return;
    const unfinished = join(this.home, `unfinished-${randomBytes(4).toString('hex')}`);
    const passwordFile = `${unfinished}.password`;
    try {
      await writeFile(passwordFile, password, { mode: 0o600 });
      if (this.user.uid !== undefined) await chown(passwordFile, this.user.uid, this.user.gid ?? -1);
      await run(
        this.binaries.initdb,
        [
          ...['-D', unfinished, '-U', 'app', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'],
          ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
          ...(this.ephemeral ? ['--no-sync'] : []),
        ],
        this.user,
      );
      await rename(unfinished, this.data);
    } catch (error) {
      if (await this.has('PG_VERSION')) return; // another process was faster
      throw new EmbeddedPostgresUnavailable(`it can't be set up (${(error as Error).message})`);
    } finally {
      await rm(passwordFile, { force: true });
      await rm(unfinished, { recursive: true, force: true });
    }
  }

  /** Resolves when it accepts connections. */
  async start(port: number): Promise<void> {
    const settings = { port, ...SETTINGS, ...(this.ephemeral && EPHEMERAL) };
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
    const log = join(this.home, 'postgres.log');
    await rm(log, { force: true });
    await this.pgCtl('start', '-l', log, '-o', options.join(' ')).catch(async (error) => {
      const said = await readFile(log, 'utf8').catch(() => '');
      throw new EmbeddedPostgresUnavailable(`it did not start: ${said.trim() || error.message}`);
    });
  }

  /** Ends its sessions, writes all data and waits. */
  async stop(): Promise<void> {
    if (await this.postmaster()) await this.pgCtl('stop', '-m', 'fast');
  }

  /** Returns the running server of this data directory, even if its parent process is gone. */
  async postmaster(): Promise<Postmaster | null> {
    const pidFile = join(this.data, 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
    const [pid, , , port] = lines.map(Number);
    if (!pid || !isAlive(pid)) return null;
    if (await this.isServedBy(pid)) return { pid, port };
    // PostgreSQL would take any process with that number for a running server. It needs the rest of the file to find
    // old sessions.
    await writeFile(pidFile, [NO_PROCESS, ...lines.slice(1)].join('\n'));
    return null;
  }

  /**
   * Returns whether the process serves this data. The number may belong to another process by now, or to a zombie. If
   * that cannot be read, the number is trusted.
   */
  private async isServedBy(pid: number): Promise<boolean> {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
    return commandLine === null || commandLine.split('\0').includes(this.data);
  }

  private pgCtl(command: 'start' | 'stop', ...args: string[]): Promise<string> {
    return run(this.binaries.pgCtl, [command, '-D', this.data, '-w', '-t', '60', '-s', ...args], this.user);
  }

  private has(file: string): Promise<boolean> {
    return access(join(this.data, file)).then(
      () => true,
      () => false,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
