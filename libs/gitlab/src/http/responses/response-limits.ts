/** Limits one answer. `parts` counts its values, however small, because parsing time depends on them. */
export interface ResponseLimit {
  readonly bytes: number;
  readonly parts: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** More levels than any answer of GitLab has. */
export const MOST_DEPTH = 32;
/** Most bytes read of a refusal, or of a proxy's web page in its place. */
export const REFUSAL_BYTES = 64 * KIB;
/** Limits a tree, which is read row by row. Larger repositories do not hold context files. */
export const TREE = { bytes: 128 * MIB, rows: 500_000, rowBytes: 64 * KIB } as const;

/**
 * Limits by route, below `/api/v4`. Commits have more bytes than their parts need, because messages may be long.
 * Parsing any of them takes less than 50 ms.
 */
const LIMITS: readonly (readonly [route: RegExp, limit: ResponseLimit])[] = [
  [/^\/user$/, { bytes: 64 * KIB, parts: 2_000 }],
  [/^\/personal_access_tokens\//, { bytes: 64 * KIB, parts: 2_000 }],
  [/^\/projects$/, { bytes: MIB, parts: 50_000 }],
  [/^\/projects\/[^/]+$/, { bytes: 256 * KIB, parts: 5_000 }],
  [/^\/projects\/[^/]+\/hooks$/, { bytes: MIB, parts: 20_000 }],
  [/^\/projects\/[^/]+\/hooks\/[^/]+$/, { bytes: 64 * KIB, parts: 2_000 }],
  // A description has up to 1 MiB; each of its bytes may be escaped to six.
  [/\/merge_requests$/, { bytes: 16 * MIB, parts: 5_000 }],
  [/\/merge_requests\/[^/]+$/, { bytes: 8 * MIB, parts: 5_000 }],
  [/\/repository\/tree$/, { bytes: MIB, parts: 2_000 }],
  [/\/repository\/branches$/, { bytes: 4 * MIB, parts: 20_000 }],
  [/\/repository\/branches\/[^/]+$/, { bytes: 4 * MIB, parts: 2_000 }],
  [/\/repository\/commits$/, { bytes: 8 * MIB, parts: 50_000 }],
  [/\/repository\/commits\/[^/]+$/, { bytes: 4 * MIB, parts: 5_000 }],
  [/\/repository\/compare$/, { bytes: 8 * MIB, parts: 100_000 }],
];

const ANY_OTHER: ResponseLimit = { bytes: MIB, parts: 20_000 };

export function responseLimit(path: string): ResponseLimit {
  return LIMITS.find(([route]) => route.test(path))?.[1] ?? ANY_OTHER;
}
