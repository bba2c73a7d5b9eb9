import { inert, Scope } from '@app/kernel';

/** A warning for a person about configured directories. */
export interface ScopeWarning {
  /** The warning ends when one of them has files. */
  readonly entries: readonly string[];
  /** One clause or sentence, without a full stop. */
  readonly detail: string;
}

const PATTERN = /[*?[\]{}]/;
const MOST_NAMED = 8;

/**
 * Returns warnings for entries that match none of the branch's paths, with an entry that would. An empty repository
 * has none.
 */
export function scopeWarnings(scope: Scope, paths: readonly string[]): readonly ScopeWarning[] {
  return warningsOn(scope, paths).map(({ entries, detail }) => ({ entries, detail: inert(detail) }));
}

function warningsOn(scope: Scope, paths: readonly string[]): readonly ScopeWarning[] {
  if (!paths.length) return [];
  const there = new Set(paths.flatMap(prefixes));
  const missing = scope.directories.filter((entry) => !there.has(entry));
  if (!missing.length) return [];
  const known = new Map([...there].map((place) => [folded(place), place]));
  const found = missing.map((entry) => ({ entry, instead: known.get(folded(entry)) }));
  const places = placesWithContext(paths);
  const spelled = found.flatMap(({ entry, instead }) => (instead ? differently(entry, instead) : []));
  const absent = found.filter(({ instead }) => !instead).map(({ entry }) => entry);
  if (!scope.equals(new Scope()))
    return [...spelled, ...absent.map((entry) => unmatched(entry, known, places))];
  const noneMatches =
    missing.length === scope.directories.length && !spelled.length && places.directories.length > 0;
  if (!noneMatches) return spelled;
  return [{ entries: absent, detail: `None of the default directories exists; ${has(places)}` }];
}

function differently(entry: string, instead: string): ScopeWarning {
  const byCase = entry.normalize('NFC') !== instead.normalize('NFC');
  const detail = byCase
    ? `${entry} matches nothing, because upper and lower case differ; name ${instead} instead`
    : `${entry} matches nothing, because its accents are encoded differently; name the one that GitLab has: ${instead}`;
  return { entries: [entry], detail };
}

function unmatched(entry: string, known: ReadonlyMap<string, string>, places: Places): ScopeWarning {
  if (!PATTERN.test(entry)) return { entries: [entry], detail: `${entry} matches nothing; ${has(places)}` };
  const instead = known.get(folded(beforePattern(entry)));
  const advice = instead ? `name ${instead} instead` : `name directories instead: ${has(places)}`;
  return { entries: [entry], detail: `${entry} is a pattern, and patterns are not supported; ${advice}` };
}

/** Returns the directories before the first segment that contains a pattern character. */
function beforePattern(entry: string): string {
  const segments = entry.split('/');
  return segments
    .slice(
      0,
      segments.findIndex((segment) => PATTERN.test(segment)),
    )
    .join('/');
}

function has({ directories, files }: Places): string {
  const places = [...directories, ...files];
  if (!places.length) return 'the branch has no Markdown or YAML file yet';
  const more = places.length > MOST_NAMED ? ` and ${places.length - MOST_NAMED} more` : '';
  return `the branch has ${places.slice(0, MOST_NAMED).join(', ')}${more}`;
}

interface Places {
  readonly directories: readonly string[];
  readonly files: readonly string[];
}

/** Returns the top directories that hold context files, and the context files at the top. */
function placesWithContext(paths: readonly string[]): Places {
  const isContextFile = (path: string) => new Scope([topOf(path)]).contains(path);
  const found = new Set(paths.filter(isContextFile).map(topOf));
  const atTop = new Set(paths.filter((path) => !path.includes('/')));
  const sorted = [...found].sort();
  return {
    directories: sorted.filter((place) => !atTop.has(place)),
    files: sorted.filter((place) => atTop.has(place)),
  };
}

const topOf = (path: string): string => path.split('/', 1)[0];

/** Returns a path and its directories. */
function prefixes(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

const folded = (path: string): string => path.normalize('NFC').toLowerCase();
