/** The version from which on GitLab has each of these; those of the reference where it names one. */
const SINCE = {
  'graphql-blobs': '13.11',
  'tree-keyset': '14.5',
  'tree-unpaged': '15.9',
  'token-self': '15.5',
  'moved-projects-refused': '16.7',
  'token-self-rotation': '16.10',
  'graphql-base64': '17.1',
  'hook-idempotency-key': '17.4',
  'missing-tree-path-404': '17.7',
  'diff-collapsed': '18.4',
  'commit-body-by-hand': '18.7',
  'commit-allow-empty': '18.8',
  // Recordings of 2022 lack the name, those of 2026 have it: the version in between is a guess.
  'rate-limit-name': '18.8',
  'granular-tokens': '18.10',
  'commits-follow': '18.10',
  'hook-signature': '19.0',
} as const;

export type Feature = keyof typeof SINCE;

/** What a GitLab of some version can do. */
export class Features {
  constructor(readonly version: string) {}

  has(feature: Feature): boolean {
    const [major, minor] = parts(this.version);
    const [sinceMajor, sinceMinor] = parts(SINCE[feature]);
    return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
  }
}

function parts(version: string): [number, number] {
  const [major, minor = '0'] = version.split('.');
  return [Number(major), Number.parseInt(minor, 10)];
}
