export interface Answer<Body = Buffer> {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Body;
}

/** The answer as JSON, or undefined where it is something else. */
export function jsonOf(answer: Answer): unknown {
  if (/html/i.test(answer.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(answer.body.toString('utf8'));
  } catch {
    return undefined;
  }
}
