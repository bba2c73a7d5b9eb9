import { FILE_EXTENSIONS, fileTypeOf, Scope, type FieldError } from '@app/kernel';
import { ConfigurationInvalid } from './project-config.errors';

const MOST_ENTRIES = 100;
const LONGEST_ENTRY = 500;
const OTHER_FILE = /[^.]\.[a-z]{2,5}$/i;

/**
 * Parses the scope that a person typed. `./notes/` becomes `notes`. @throws ConfigurationInvalid naming each bad
 * entry
 */
export function parseDirectories(entries: readonly string[]): Scope {
  if (!entries.length)
    throw invalid([{ field: 'directories', detail: 'name at least one directory or file' }]);
  if (entries.length > MOST_ENTRIES) {
    throw invalid([{ field: 'directories', detail: `name at most ${MOST_ENTRIES} directories and files` }]);
  }
  const names = entries.map(normalise);
  const errors = names.flatMap((name, index) => {
    const detail = names.indexOf(name) < index ? 'repeats an earlier entry' : problemOf(name);
    return detail ? [{ field: `directories[${index}]`, detail }] : [];
  });
  if (errors.length) throw invalid(errors);
  return new Scope(names);
}

function normalise(entry: string): string {
  return entry
    .trim()
    .replace(/^(\.\/+)+/, '')
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '');
}

function problemOf(entry: string): string | null {
  if (!entry || entry === '.')
    return 'must name a directory or a file; the whole repository cannot be synced';
  if (entry.length > LONGEST_ENTRY) return `must be at most ${LONGEST_ENTRY} characters long`;
  if (/[\p{Cc}\p{Cs}]/u.test(entry)) return 'must not contain control characters';
  if (entry.startsWith('/')) return 'must be relative to the repository, without a leading slash';
  if (entry.includes('\\')) return 'must use / between directories';
  const segments = entry.split('/');
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'must not contain . or ..';
  if (segments.some((segment) => segment.toLowerCase() === '.git')) return 'must not contain .git';
  if (OTHER_FILE.test(entry) && !fileTypeOf(entry)) {
    return `must be a directory, or a file that ends in ${FILE_EXTENSIONS}`;
  }
  return null;
}

function invalid(errors: readonly FieldError[]): ConfigurationInvalid {
  return new ConfigurationInvalid(errors);
}
