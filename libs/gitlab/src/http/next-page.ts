/** One query parameter from GitLab's headers that requests the next page. The links themselves are never followed. */
export interface NextPage {
  readonly name: 'page_token' | 'id_after' | 'page';
  readonly value: string;
}

const POSITIONS = ['page_token', 'id_after', 'page'] as const;

/** Reads the next page from `Link` (keyset), else from `X-Next-Page` (offset). Returns null on the last page. */
export function nextPage(headers: Record<string, string>): NextPage | null {
  const link = (headers.link ?? '').split(/,\s*(?=<)/).find((part) => /rel="?next"?/.test(part));
  const target = /<([^>]*)>/.exec(link ?? '')?.[1];
  if (target && URL.canParse(target, 'http://relative')) {
    const { searchParams } = new URL(target, 'http://relative');
    const name = POSITIONS.find((position) => searchParams.get(position));
    if (name) return { name, value: searchParams.get(name)! };
  }
  const page = headers['x-next-page'];
  return page ? { name: 'page', value: page } : null;
}
