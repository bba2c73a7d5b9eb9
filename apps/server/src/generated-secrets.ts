import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '@app/gitlab-sync';
import { makeDirectory } from './make-directory';

/** Creates the secrets of an embedded installation once, in files that only their owner can read. */
export class GeneratedSecrets {
  constructor(private readonly dataDir: string) {}

  jwtSecret(): Secret {
    return this.once('jwt-secret', () => randomBytes(32).toString('base64url'));
  }

  secretsKeys(): Secret {
    return this.once('secrets-keys', () => `local:${randomBytes(32).toString('base64')}`);
  }

  /**
   * Links the file into place, because two processes may start at the same moment: one makes the link, and both read
   * it.
   */
  private once(name: string, make: () => string): Secret {
    const path = join(this.dataDir, name);
    if (!existsSync(path)) this.write(path, make());
    return new Secret(readFileSync(path, 'utf8').trim());
  }

  private write(path: string, text: string): void {
    const draft = `${path}.${process.pid}`;
    makeDirectory(this.dataDir);
    writeFileSync(draft, `${text}\n`, { mode: 0o600 });
    try {
      linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }
}
