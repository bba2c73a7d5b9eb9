export interface Answer<Body = Buffer> {
  readonly status: number;
  /** Headers by name in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Body;
}

/** Parses the answer as JSON; undefined if it is not JSON. */
export function jsonOf(answer: Answer): unknown {
  if (/html/i.test(answer.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(answer.body.toString('utf8'));
  } catch {
    return undefined;
  }
}
