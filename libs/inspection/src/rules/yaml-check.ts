import { loadAll } from 'js-yaml';
import { Composer, LineCounter, Parser, type CST } from 'yaml';

export interface YamlProblem {
  readonly line: number;
  readonly column: number;
  readonly why: string;
}

/** Far beyond what people write. The parser recurses, and Node itself may die when the stack is used up. */
const MAX_DEPTH = 200;

/**
 * Why no reader could parse this; null where one can. Several documents, a key twice and tags of other programs are fine.
 * Aliases are not expanded, so they can't blow up.
 */
export function problemWithYaml(text: string): YamlProblem | null {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const tooMuch = tooDeep(tokens);
  const problem = tooMuch ?? firstError(tokens);
  if (!problem || (!tooMuch && isReadByOthers(text))) return null;
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

/** Readers of the libyaml family take what the specification does not, such as a quoted text that continues unindented. */
function isReadByOthers(text: string): boolean {
  try {
    loadAll(text, undefined, { json: true, onWarning: () => undefined });
    return true;
  } catch {
    return false;
  }
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
