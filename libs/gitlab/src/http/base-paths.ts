const ENTRY = /^(https?:\/\/)?[^\s/@?#]+((?:\/[A-Za-z0-9._~-]+)+)\/*$/i;

/** Returns whether the text names a host and a path: `gitlab.example.com/gitlab`, or a URL with a path. */
export function isBasePath(entry: string): boolean {
  const path = ENTRY.exec(entry)?.[2];
  if (!path || path.split('/').some((name) => name === '.' || name === '..')) return false;
  return URL.canParse(absolute(entry, 'https:'));
}

/**
 * Holds the paths below which operators serve GitLab, by host. Any other path is dropped, because people paste URLs
 * of projects.
 */
export class BasePaths {
  constructor(private readonly entries: readonly string[] = []) {
    const wrong = entries.find((entry) => !isBasePath(entry));
    if (wrong !== undefined)
      throw new Error(`${wrong} is not a base path. Write a host and a path: host/gitlab`);
  }

  /** Returns the listed path that contains the URL, the longest if there are several; '' if there is none. */
  of(url: URL): string {
    const fitting = this.on(url).filter((path) => `${url.pathname}/`.startsWith(`${path}/`));
    return fitting.reduce((longest, path) => (path.length > longest.length ? path : longest), '');
  }

  /** Returns the paths listed for the URL's host and port. */
  on({ protocol, origin }: URL): readonly string[] {
    return this.entries
      .map((entry) => new URL(absolute(entry, protocol)))
      .filter((listed) => listed.origin === origin)
      .map(({ pathname }) => pathname.replace(/\/+$/, ''));
  }
}

/** An entry without a scheme applies to both schemes. */
function absolute(entry: string, protocol: string): string {
  return /^https?:\/\//i.test(entry) ? entry : `${protocol}//${entry}`;
}
