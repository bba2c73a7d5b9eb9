import { inert } from '@app/kernel';
import { jsonOf, type Answer } from '../transport/response';

/** Hooks may print any text of any length. */
const LONGEST_TEXT = 1_000;
const DEEPEST_TEXT = 4;

/** Error that GitLab returned, in any of its shapes (docs/gitlab-api.md#error-bodies). */
export interface ErrorBody {
  readonly status: number;
  /** GitLab's sentence for people; blank for a web page. */
  readonly text: string;
  /** OAuth-style code such as `insufficient_scope`. */
  readonly code: string;
  readonly neededScopes: readonly string[];
  /** False for web pages, plain text and broken JSON. A HEAD request's missing body counts as JSON. */
  readonly json: boolean;
  readonly location: string;
}

interface Body {
  readonly message?: unknown;
  readonly error?: unknown;
  readonly error_description?: unknown;
  readonly scope?: unknown;
  readonly errors?: unknown;
}

export function errorBodyOf(answer: Answer): ErrorBody {
  const parsed = jsonOf(answer);
  const object = typeof parsed === 'object' && parsed !== null;
  const body: Body = object ? parsed : {};
  const json = object || answer.body.length === 0;
  const text = sentence(body.error_description ?? body.message ?? body.error ?? firstOf(body.errors));
  return {
    status: answer.status,
    text: printable((object ? text : plainText(answer)).slice(0, LONGEST_TEXT)),
    code: typeof body.error === 'string' ? body.error : '',
    neededScopes: sentence(body.scope)
      .split(/[\s,]+/)
      .filter(Boolean),
    json,
    location: answer.headers.location ?? '',
  };
}

/**
 * Texts are a string, a list, or lists by attribute (`{"name": ["has already been taken"]}`), never nested deeper.
 */
function sentence(said: unknown, depth = 0): string {
  if (said === null || said === undefined || depth > DEEPEST_TEXT) return '';
  if (Array.isArray(said)) return said.map((each) => sentence(each, depth + 1)).join(', ');
  if (typeof said === 'object')
    return Object.entries(said)
      .map(([attribute, text]) => {
        const words = sentence(text, depth + 1);
        return attribute === 'error' || attribute === 'base' ? words : `${attribute} ${words}`;
      })
      .join('; ');
  return String(said);
}

function plainText({ headers, body }: Answer): string {
  const text = body.toString('utf8', 0, 500).trim();
  return /html/i.test(headers['content-type'] ?? '') || text.startsWith('<') ? '' : text;
}

/** Keeps line breaks, which hooks print, and escapes other characters that do not show. */
function printable(text: string): string {
  return text
    .split(/([\t\r\n]+)/)
    .map((part, nth) => (nth % 2 ? part : inert(part)))
    .join('');
}

function firstOf(errors: unknown): unknown {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return typeof first === 'object' && first !== null && 'message' in first ? first.message : undefined;
}
