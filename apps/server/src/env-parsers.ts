import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { isValid, parseCIDR } from 'ipaddr.js';
import { isBasePath, mailServerOf } from '@app/gitlab-sync';
import { Secret } from '@app/gitlab-sync';

/** Parses the text of a variable. */
export interface EnvParser<T> {
  /** Completes the sentence "PORT must be ...". */
  readonly expected: string;
  /** @returns undefined unless the text has this form */
  readonly parse: (text: string) => T | undefined;
}

export const text: EnvParser<string> = { expected: 'a text', parse: (value) => value };

export function wholeNumber(from: number, to: number): EnvParser<number> {
  return {
    expected: `a whole number from ${from} to ${to}`,
    parse: (value) => {
      const number = Number(value);
      return /^\d+$/.test(value) && number >= from && number <= to ? number : undefined;
    },
  };
}

export function oneOf<const T extends string>(...choices: readonly T[]): EnvParser<T> {
  return {
    expected: `one of ${choices.join(', ')}`,
    parse: (value) => choices.find((choice) => choice === value),
  };
}

export const flag: EnvParser<boolean> = {
  expected: '1 or 0',
  parse: (value) => ({ 1: true, 0: false })[value],
};

export function url(...schemes: readonly string[]): EnvParser<string> {
  return {
    expected: `a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    parse: (value) => {
      const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : '';
      return schemes.includes(scheme) ? value.replace(/\/+$/, '') : undefined;
    },
  };
}

/** GitLab stores at most 255 characters, and the two names become longer. */
export const urlTemplate: EnvParser<string> = {
  expected:
    'a URL that starts with http:// or https://, at most 200 characters long, with no names but {org} and {run}',
  parse: (value) => {
    const plain = value.replace(/\{(?:org|run)\}/g, 'x');
    const fits = value.length <= 200 && !/[{}]/.test(plain);
    return fits && url('http', 'https').parse(plain) !== undefined ? value : undefined;
  },
};

/** The URL may hold a password. */
export const mailServer: EnvParser<Secret> = {
  expected:
    'smtp:// or smtps:// with a sender, as in smtps://user:password@mail.example.com?from=dot@example.com',
  parse: (value) => (mailServerOf(value) ? new Secret(value) : undefined),
};

/** RFC 7518 requires a key at least as long as the digest. */
export const signingSecret: EnvParser<Secret> = {
  expected: 'at least 32 characters long',
  parse: (value) => (value.length >= 32 ? new Secret(value) : undefined),
};

export const secretsKeys: EnvParser<Secret> = {
  expected: 'a list id:key,... of different ids, each key 32 bytes in base64 (openssl rand -base64 32)',
  parse: (value) => {
    const entries = value.split(',').map((entry) => /^([\w-]{1,32}):[A-Za-z0-9+/]{43}=$/.exec(entry.trim()));
    const ids = entries.map((entry) => entry?.[1]);
    return ids.includes(undefined) || new Set(ids).size < ids.length ? undefined : new Secret(value);
  },
};

export const hostsAndRanges: EnvParser<readonly string[]> = {
  expected: 'a comma separated list of host names, addresses and CIDR ranges',
  parse: (value) => {
    const entries = value.split(',').map((entry) => entry.trim());
    return entries.every((entry) => isRange(entry) || isIP(entry) || HOST_NAME.test(entry))
      ? entries
      : undefined;
  },
};

/** `*` is none: tokens of all pages that anybody visits would do. */
export const origins: EnvParser<readonly string[]> = {
  expected: 'a comma separated list of origins, such as https://app.example.com',
  parse: (value) => {
    const entries = value.split(',').map((entry) => entry.trim());
    return entries.every(isOrigin) ? entries : undefined;
  },
};

const isOrigin = (entry: string): boolean =>
  /^https?:\/\//.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry;

export const hostsWithPaths: EnvParser<readonly string[]> = {
  expected: 'a comma separated list of hosts with a path, such as example.com/gitlab, or of such URLs',
  parse: (value) => {
    const entries = value.split(',').map((entry) => entry.trim());
    return entries.every(isBasePath) ? entries : undefined;
  },
};

const MOST_PROXIES = 10;

/**
 * The number of proxies in front, or their addresses. Refuses a range of all addresses: any client could then forge
 * its own.
 */
export const trustedProxies: EnvParser<number | readonly string[]> = {
  expected: `a number of proxies from 0 to ${MOST_PROXIES}, or a comma separated list of addresses and CIDR ranges`,
  parse: (value) => {
    if (/^\d+$/.test(value)) return Number(value) <= MOST_PROXIES ? Number(value) : undefined;
    const entries = value.split(',').map((entry) => entry.trim());
    const fits = (entry: string) => isIP(entry) || (isRange(entry) && !/\/0+$/.test(entry));
    return entries.every(fits) ? entries : undefined;
  },
};

const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i;

function isRange(entry: string): boolean {
  try {
    return isValid(entry.split('/')[0]) && parseCIDR(entry).length === 2;
  } catch {
    return false;
  }
}

export const certificateFile: EnvParser<string> = {
  expected: 'the path of a readable PEM file with certificates',
  parse: (path) => {
    try {
      return readFileSync(path, 'utf8').includes('-----BEGIN CERTIFICATE-----') ? path : undefined;
    } catch {
      return undefined;
    }
  },
};
