import { spawn } from 'node:child_process';

/** The user that the database runs as; empty if it is the current one. */
export interface DatabaseUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody`, by its number on every Linux: PostgreSQL refuses to run as root. */
const NOBODY: DatabaseUser = { uid: 65_534, gid: 65_534 };

export function databaseUser(): DatabaseUser {
  return process.getuid?.() === 0 ? NOBODY : {};
}

export class CommandFailed extends Error {}

/**
 * Runs a program to its end with an empty environment: ours holds secrets, and the database outlives this process.
 */
export function run(program: string, args: readonly string[], user: DatabaseUser): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...user, cwd: '/', env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => reject(new CommandFailed(error.message)));
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new CommandFailed(output.trim() || `${program} ended with ${code}`));
    });
  });
}
