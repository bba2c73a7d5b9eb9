import { jsonOf, type Answer } from '../transport/answer';

/** Hooks may print anything, and at any length. */
const LONGEST_TEXT = 1_000;

/** What GitLab said instead of doing what was asked, whatever shape it came in (§0.1). */
export interface Said {
  readonly status: number;
  /** The sentence for people, as GitLab put it; blank for a web page. */
  readonly text: string;
  /** OAuth-style code such as `insufficient_scope`. */
  readonly code: string;
  readonly neededScopes: readonly string[];
  /** False for web pages, plain text and broken JSON; a HEAD request's missing body counts as JSON. */
  readonly json: boolean;
  readonly location: string;
}

interface Body {
  readonly message?: unknown;
  readonly error?: unknown;
  readonly error_description?: unknown;
  readonly scope?: unknown;
  readonly errors?: readonly { readonly message?: string }[];
}

export function saidBy(answer: Answer): Said {
  const parsed = jsonOf(answer);
  const object = typeof parsed === 'object' && parsed !== null;
  const body: Body = object ? parsed : {};
  const json = object || answer.body.length === 0;
  const text = sentence(body.error_description ?? body.message ?? body.error ?? body.errors?.[0]?.message);
  return {
    status: answer.status,
    text: (object ? text : plainText(answer)).slice(0, LONGEST_TEXT),
    code: typeof body.error === 'string' ? body.error : '',
    neededScopes: sentence(body.scope)
      .split(/[\s,]+/)
      .filter(Boolean),
    json,
    location: answer.headers.location ?? '',
  };
}

/** Texts come as a string, a list, or lists by attribute (`{"name": ["has already been taken"]}`). */
function sentence(said: unknown): string {
  if (said === null || said === undefined) return '';
  if (Array.isArray(said)) return said.map(sentence).join(', ');
  if (typeof said === 'object')
    return Object.entries(said)
      .map(([attribute, text]) =>
        attribute === 'error' || attribute === 'base' ? sentence(text) : `${attribute} ${sentence(text)}`,
      )
      .join('; ');
  return String(said);
}

function plainText({ headers, body }: Answer): string {
  const text = body.toString('utf8', 0, 500).trim();
  return /html/i.test(headers['content-type'] ?? '') || text.startsWith('<') ? '' : text;
}
