import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, inert, Scope } from '@app/kernel';
import { parseDirectories } from '@app/project-config/core';
import { SyncEngineSettings } from '@app/sync-engine/core';

/** The file beside the files that it is about. */
export const CONFIG_FILE = '.gitlab-sync.json';
const MOST_BYTES = 65_536;
const KEYS = ['directories', 'maxFileBytes'];

/** Repeats the settings of the project in Dot and of its operator. */
export interface CheckConfig {
  readonly scope: Scope;
  readonly maxFileBytes: number;
}

/** The check cannot run; the message says what to change. */
export class CheckRefused extends Error {}

/**
 * Returns the configuration for the tree: `directories` if any are given, otherwise those of the file, otherwise those of
 * a new project. `path` names a file that must exist.
 * @throws CheckRefused
 */
export async function readConfig(
  root: string,
  directories: readonly string[],
  path?: string,
): Promise<CheckConfig> {
  const name = path ?? CONFIG_FILE;
  const text = await textOf(path ?? join(root, CONFIG_FILE), name, path !== undefined);
  const { directories: stored, maxFileBytes } = text === null ? {} : parsed(text, name);
  const wanted = directories.length ? directories : stored;
  return {
    scope: wanted ? scopeOf(wanted, directories.length ? 'The arguments' : name) : new Scope(),
    maxFileBytes: maxFileBytes ?? new SyncEngineSettings().maxFileBytes,
  };
}

async function textOf(path: string, name: string, required: boolean): Promise<string | null> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new CheckRefused(`${name} is larger than ${MOST_BYTES} bytes.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CheckRefused) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !required) return null;
    throw new CheckRefused(`${name} cannot be read: ${code}.`);
  }
}

function parsed(text: string, name: string): { directories?: string[]; maxFileBytes?: number } {
  const refuse = (why: string) => new CheckRefused(`${name}: ${why}.`);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) throw refuse('write an object');
  const unknown = Object.keys(config).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw refuse(`there is no setting ${JSON.stringify(inert(unknown))}, only ${KEYS.join(' and ')}`);
  const { directories, maxFileBytes } = config as Record<string, unknown>;
  if (directories !== undefined && !isTexts(directories)) throw refuse('directories is a list of texts');
  if (maxFileBytes !== undefined && !(Number.isSafeInteger(maxFileBytes) && Number(maxFileBytes) > 0))
    throw refuse('maxFileBytes is a positive whole number');
  return config;
}

function scopeOf(directories: readonly string[], source: string): Scope {
  try {
    return parseDirectories(directories);
  } catch (error) {
    const flaws = error instanceof DomainError ? (error.errors ?? []) : [];
    if (!flaws.length) throw error;
    throw new CheckRefused(
      `${source}: ${flaws.map(({ field, detail }) => `${field} ${detail}`).join('; ')}.`,
    );
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');
