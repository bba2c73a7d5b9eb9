import { FAILSAFE_SCHEMA, loadAll, Type, YAMLException } from 'js-yaml';
import { Composer, Lexer, LineCounter, Parser, type CST } from 'yaml';

export interface YamlProblem {
  readonly line: number;
  readonly column: number;
  readonly why: string;
}

/** Far more than people write. The parsers recurse, and Node itself may crash when the stack is full. */
const MAX_DEPTH = 200;
/** More tokens would cost the second parser seconds and hundreds of megabytes. */
const MAX_LEXEMES = 100_000;

/** Ignores tags. Has no merge keys and no implicit types, because texts are checked, not used. */
const SCHEMA = FAILSAFE_SCHEMA.extend({
  explicit: (['scalar', 'sequence', 'mapping'] as const).flatMap((kind) =>
    ['!', 'tag:', ''].map((prefix) => new Type(prefix, { kind, multi: true })),
  ),
});

const OPTIONS = { schema: SCHEMA, json: true, maxDepth: MAX_DEPTH };

/**
 * Returns why no common parser accepts the text; null if one does. Accepts several documents, repeated keys and
 * unknown tags. Does not expand aliases. Runs `js-yaml` first, because it is fast, bounded and stops at the first
 * error. If it refuses the text, `yaml` decides, unless the text is too large for it.
 */
export function problemWithYaml(text: string): YamlProblem | null {
  const refusal = refusalByLibyamlRules(text);
  if (!refusal || refusal.final) return refusal?.problem ?? null;
  return isMuch(text) ? refusal.problem : refusalBySpecification(text);
}

/**
 * Parsers like libyaml accept texts that the specification does not, e.g. a quoted text that continues unindented.
 */
function refusalByLibyamlRules(text: string): { problem: YamlProblem; final: boolean } | null {
  try {
    loadAll(text, null, OPTIONS);
    return null;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line, column } = error.mark ?? { line: 0, column: 0 };
    const tooDeep = error.reason.startsWith('nesting exceeded');
    const why = tooDeep ? 'it is nested too deeply' : error.reason;
    return { problem: { line: line + 1, column: column + 1, why }, final: tooDeep };
  }
}

function isMuch(text: string): boolean {
  let lexemes = 0;
  for (const _ of new Lexer().lex(text)) if (++lexemes > MAX_LEXEMES) return true;
  return false;
}

function refusalBySpecification(text: string): YamlProblem | null {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const problem = tooDeep(tokens) ?? firstError(tokens);
  if (!problem) return null;
  const { line, col } = lines.linePos(problem.offset);
  return { line, column: col, why: problem.why };
}

function firstError(tokens: readonly CST.Token[]): { offset: number; why: string } | null {
  const documents = new Composer({ uniqueKeys: false, logLevel: 'silent' }).compose(tokens);
  for (const { errors } of documents) {
    const error = errors.find(({ code }) => code !== 'TAG_RESOLVE_FAILED');
    if (error) return { offset: error.pos[0], why: error.message };
  }
  return null;
}

function tooDeep(tokens: readonly CST.Token[]): { offset: number; why: string } | null {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return { offset: token.offset, why: 'it is nested too deeply' };
    for (const child of childrenOf(token)) open.push({ token: child, depth: depth + 1 });
  }
  return null;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items
    .flatMap(({ key, value }) => [key, value])
    .filter((child) => child !== null && child !== undefined);
}
