import type { Answer } from './response';
import type { ApiRequest } from './route';

const [DEFAULT_PER_PAGE, MOST_PER_PAGE] = [20, 100];
/** Above this many rows GitLab no longer tells totals (docs/gitlab-api.md#list-projects). */
const MOST_COUNTED = 10_000;

export function perPage(query: URLSearchParams): number {
  return Math.min(positive(query.get('per_page')) ?? DEFAULT_PER_PAGE, MOST_PER_PAGE);
}

/** Offset pages with totals and links. */
export function offsetPage<T>(request: ApiRequest, all: readonly T[], view: (item: T) => object): Answer {
  const { page, size } = positionOf(request);
  const pages = Math.max(Math.ceil(all.length / size), 1);
  const rows = all.slice((page - 1) * size, page * size);
  const counted = all.length <= MOST_COUNTED;
  const totals: Record<string, string> = counted
    ? { 'x-total': String(all.length), 'x-total-pages': String(pages) }
    : {};
  const headers = offsetHeaders(request, page < pages, counted ? pages : null);
  return { status: 200, headers: { ...headers, ...totals }, body: rows.map(view) };
}

/** Commits are not counted: a full page has a next one, which may turn out empty (docs/gitlab-api.md#commits). */
export function uncountedPage<T>(request: ApiRequest, all: Iterable<T>, view: (item: T) => object): Answer {
  const { page, size } = positionOf(request);
  const rows = take(all, page * size).slice((page - 1) * size);
  return { status: 200, headers: offsetHeaders(request, rows.length === size, null), body: rows.map(view) };
}

/** Keyset pages name only what comes next. */
export function keysetPage<T>(
  request: ApiRequest,
  rest: readonly T[],
  position: (last: T) => Readonly<Record<string, string | number>>,
  view: (item: T) => object,
): Answer {
  const rows = rest.slice(0, perPage(request.query));
  const more = rest.length > rows.length;
  const headers: Record<string, string> = more
    ? { link: link(request, position(rows[rows.length - 1]), 'next') }
    : {};
  return { status: 200, headers, body: rows.map(view) };
}

function positionOf({ query }: ApiRequest): { page: number; size: number } {
  return { page: positive(query.get('page')) ?? 1, size: perPage(query) };
}

function offsetHeaders(request: ApiRequest, more: boolean, lastPage: number | null): Record<string, string> {
  const { page, size } = positionOf(request);
  const [previous, next] = [page > 1 ? page - 1 : null, more ? page + 1 : null];
  const pages = { prev: previous, next, first: 1, last: lastPage };
  const links = Object.entries(pages).flatMap(([rel, to]) =>
    to === null ? [] : [link(request, { page: to }, rel)],
  );
  return {
    link: links.join(', '),
    'x-page': String(page),
    'x-per-page': String(size),
    'x-prev-page': String(previous ?? ''),
    'x-next-page': String(next ?? ''),
  };
}

function link({ url }: ApiRequest, position: Readonly<Record<string, string | number>>, rel: string): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(position)) target.searchParams.set(name, String(value));
  return `<${target.href}>; rel="${rel}"`;
}

function positive(text: string | null): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    taken.push(item);
  }
  return taken;
}
