import { storableDate } from '../../storable-date';

/** The answer is JSON but breaks the contract of GitLab's API. `message` names the position, never the value. */
export class Misshapen extends Error {}

/** Reads a value of unknown type. @throws Misshapen */
export type Read<T> = (value: unknown, at: string) => T;
export type ReadAs<R> = R extends Read<infer T> ? T : never;

const LONGEST_PATH = 16 * 1024;
/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** Text that is shown and stored, never compared. Replaces characters that cannot be stored. */
export const text: Read<string> = (value, at) => string(value, at).replace(UNSTORABLE, '\ufffd');

/** The unchanged content of a file. */
export const content: Read<string> = string;

/** An id or sha. */
export const id: Read<string> = (value, at) => {
  const given = string(value, at);
  return /^[\x21-\x7e]{1,128}$/.test(given) ? given : misshapen(at, 'no id');
};

/** A path in a repository, as GitLab shows it. */
export const path: Read<string> = (value, at) => {
  const given = string(value, at);
  return given.length > 0 && given.length <= LONGEST_PATH ? given : misshapen(at, 'no path');
};

export const number: Read<number> = (value, at) =>
  Number.isSafeInteger(value) ? (value as number) : misshapen(at, 'no number');

/** Reads big integers, which GraphQL returns as text. */
export const size: Read<number> = (value, at) => {
  const given = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(given) && (given as number) >= 0 ? (given as number) : misshapen(at, 'no size');
};

export const flag: Read<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : misshapen(at, 'neither true nor false');

export const oneOf =
  <T extends string>(known: readonly T[]): Read<T> =>
  (value, at) =>
    known.find((each) => each === value) ?? misshapen(at, 'no known value');

export const date: Read<Date> = (value, at) => storableDate(string(value, at)) ?? misshapen(at, 'no date');

/** Accepts an absent field, as old servers send, and null. */
export const optional =
  <T, F>(read: Read<T>, fallback: F): Read<T | F> =>
  (value, at) =>
    value === undefined || value === null ? fallback : read(value, at);

/** Requires the field, and accepts null. */
export const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (value, at) =>
    value === null ? null : read(value, at);

export const listOf =
  <T>(read: Read<T>): Read<T[]> =>
  (value, at) =>
    Array.isArray(value)
      ? value.map((each, index) => read(each, `${at}[${index}]`))
      : misshapen(at, 'no list');

/** Reads an object with at least these fields. */
export const row =
  <F extends Record<string, Read<unknown>>>(fields: F): Read<{ readonly [N in keyof F]: ReadAs<F[N]> }> =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return misshapen(at, 'no object');
    const given = value as Readonly<Record<string, unknown>>;
    const read = Object.entries(fields).map(([name, field]) => [name, field(given[name], `${at}.${name}`)]);
    return Object.fromEntries(read) as { readonly [N in keyof F]: ReadAs<F[N]> };
  };

function string(value: unknown, at: string): string {
  return typeof value === 'string' ? value : misshapen(at, 'no text');
}

function misshapen(at: string, what: string): never {
  throw new Misshapen(`${at} is ${what}`);
}
