/** Wildcard for one character of a name, or for any number of them. */
type Token = '*' | ((char: string) => boolean);

/**
 * Checks whether a pattern of `.gitattributes` matches a path. Supports `*`, `?` and `[a-z]` within a name, and `**`
 * for any number of directories. A pattern without a slash may match the name in any directory. Backtracks only to the
 * last `*` and the last `**`.
 */
export function matches(pattern: string, path: string): boolean {
  const names = path.split('/');
  if (!pattern.includes('/')) return matchesName(pattern, names[names.length - 1]);
  const anchored = pattern.startsWith('/') ? pattern.slice(1) : pattern;
  // What ends in `/**` is below a directory, not the directory.
  const parts = (anchored.endsWith('/**') ? `${anchored}/*` : anchored).split('/');
  return matchesAll(parts, names, {
    isMany: (part) => part === '**',
    matchesOne: matchesName,
  });
}

function matchesName(pattern: string, name: string): boolean {
  return matchesAll(tokensOf(pattern), [...name], {
    isMany: (token) => token === '*',
    matchesOne: (token, char) => token !== '*' && token(char),
  });
}

interface Rules<P> {
  readonly isMany: (part: P) => boolean;
  readonly matchesOne: (part: P, piece: string) => boolean;
}

/** Matches parts with pieces one by one; on a mismatch the last part that stands for many takes one piece more. */
function matchesAll<P>(
  parts: readonly P[],
  pieces: readonly string[],
  { isMany, matchesOne }: Rules<P>,
): boolean {
  let [part, piece, many, taken] = [0, 0, -1, 0];
  while (piece < pieces.length) {
    if (part < parts.length && isMany(parts[part])) {
      [many, taken] = [part++, piece];
    } else if (part < parts.length && matchesOne(parts[part], pieces[piece])) {
      part++;
      piece++;
    } else if (many >= 0) {
      part = many + 1;
      piece = ++taken;
    } else return false;
  }
  while (part < parts.length && isMany(parts[part])) part++;
  return part === parts.length;
}

function tokensOf(pattern: string): Token[] {
  const chars = [...pattern];
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at];
    const end = char === '[' ? chars.indexOf(']', at + 2) : -1;
    if (char === '*') {
      if (tokens.at(-1) !== '*') tokens.push('*');
    } else if (char === '?') tokens.push(() => true);
    else if (end > 0) {
      tokens.push(oneOf(chars.slice(at + 1, end)));
      at = end;
    } else {
      const literal = char === '\\' && at + 1 < chars.length ? chars[++at] : char;
      tokens.push((other) => other === literal);
    }
  }
  return tokens;
}

/** `[abc]`, `[a-z]`, and `[!a]` or `[^a]` for all others. */
function oneOf(given: readonly string[]): (char: string) => boolean {
  const negated = given[0] === '!' || given[0] === '^';
  const chars = negated ? given.slice(1) : given;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < chars.length; at++) {
    const last = chars[at + 1] === '-' && at + 2 < chars.length ? chars[at + 2] : chars[at];
    ranges.push([chars[at], last]);
    if (last !== chars[at]) at += 2;
  }
  return (char) => ranges.some(([from, to]) => from <= char && char <= to) !== negated;
}
