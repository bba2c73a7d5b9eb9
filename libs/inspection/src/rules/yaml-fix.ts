import type { YamlProblem } from './yaml-check';

/** A position in a YAML text that a parser refuses. */
interface Place {
  readonly text: string;
  readonly line: string;
  /** The line from the problem's column to its end. */
  readonly rest: string;
  /** The line without its indentation, list marks and key. */
  readonly value: string;
  readonly why: string;
  readonly firstLine: number;
}

type Rule = (place: Place) => string | null;

/** Longer lines are cut: the beginning decides the fix. */
const MOST_READ = 1_000;
const LIST_MARKS = /^\s*(?:[-?] +)*/;
const KEY = /^[^\s:"'[{][^:]*: +/;
/** Messages of the parsers about misplaced text. */
const MISPLACED = /^(?:Unexpected scalar at node end|Nested mappings|bad indentation of a mapping entry)/;
const ALIAS = /^[*&][^\s,[\]{}]+$/;

/**
 * Returns how to repair a YAML text, in terms of the file; null if that is not known. Recognises the messages of both
 * parsers. `firstLine` is the line of the file on which the text begins.
 */
export function yamlFix(text: string, problem: YamlProblem, firstLine: number): string | null {
  const line = text.split(/\r\n?|\n/, problem.line).at(problem.line - 1) ?? '';
  const { why } = problem;
  const rest = line.slice(problem.column - 1, problem.column - 1 + MOST_READ);
  const start = line.slice(0, MOST_READ);
  const value = start.replace(LIST_MARKS, '').replace(KEY, '');
  const place = { text, line: start, rest, value, why, firstLine };
  for (const rule of RULES) {
    const fix = rule(place);
    if (fix) return fix;
  }
  return null;
}

const RULES: readonly Rule[] = [
  ({ line }) =>
    /^(?:<{7}|={7}|>{7})/.test(line)
      ? 'a merge conflict is left in the file; remove the lines of <, = and >'
      : null,
  ({ line, why }) =>
    /^ *\t/.test(line) && /tab|indent/i.test(why)
      ? 'the line is indented with a tab; use spaces instead'
      : null,
  unclosedQuote,
  ({ why }) =>
    /escape sequence/i.test(why) ? String.raw`write a \ between " and " as \\, or use ' instead of "` : null,
  unclosedBracket,
  ({ rest, why }) =>
    /flow-(?:seq|map)-end/.test(why) || (MISPLACED.test(why) && /^[\]}]/.test(rest))
      ? `there is a ${rest[0]} without its ${rest[0] === ']' ? '[' : '{'}; remove it, or put the value in quotes`
      : null,
  ({ value, why }) =>
    /^[|>]/.test(value) && /^(?:Not a YAML token|a line break is expected)/.test(why)
      ? `start the text on the line after the ${value[0]}, indented with spaces, or put the value in quotes`
      : null,
  ({ rest, why }) =>
    rest.startsWith('- ') && (MISPLACED.test(why) || why.startsWith('Unexpected block-seq-ind'))
      ? 'put the value in quotes, or start the list on the next line'
      : null,
  reservedStart,
  textAfterTheEnd,
  colonInValue,
  ({ why }) =>
    /^Implicit (?:map )?keys/.test(why)
      ? 'the line is not "key: value"; add a colon and a space, or indent it'
      : null,
  ({ why }) =>
    MISPLACED.test(why) || why.startsWith('All mapping items')
      ? 'indent the line like the other lines of its block'
      : null,
];

/** Both parsers report the end of the text, but the person needs the beginning of the quote. */
function unclosedQuote({ text, why, firstLine }: Place): string | null {
  const [, byName, bySign] = /(double|single) quoted scalar|^Missing closing (["'])/.exec(why) ?? [];
  const quote = bySign ?? (byName && (byName === 'double' ? '"' : "'"));
  if (!quote) return null;
  const before = text.slice(0, lastQuote(text, quote));
  const line = firstLine + before.split(/\r\n?|\n/).length - 1;
  return `the ${quote} in line ${line} opens a quoted text that is not closed; add the second ${quote}`;
}

/** A quote in a quoted text is written as \" or ''. */
function lastQuote(text: string, quote: string): number {
  const escape = quote === '"' ? '\\' : quote;
  let at = text.lastIndexOf(quote);
  while (at > 0 && text[at - 1] === escape) at = text.lastIndexOf(quote, at - 2);
  return Math.max(at, 0);
}

function unclosedBracket({ text, why }: Place): string | null {
  const [, sign] = /must be sufficiently indented and end with a ([\]}])/.exec(why) ?? [];
  const atEnd = why.includes('within a flow collection');
  if (!sign && !atEnd) return null;
  const list = sign ? sign === ']' : text.lastIndexOf('[') > text.lastIndexOf('{');
  return list
    ? 'a list that begins with [ is not closed; add the ], or put the value in quotes'
    : 'a mapping that begins with { is not closed; add the }, or put the value in quotes';
}

function reservedStart({ line, value, why }: Place): string | null {
  const [, named] = /^Plain value cannot start with .*(.)$/.exec(why) ?? [];
  const texts = [value, line.replace(LIST_MARKS, '')];
  const isReserved = (text: string) => /^[@`%,*&]/.test(text) && !ALIAS.test(text);
  const unnamed = MISPLACED.test(why) || /^(?:Alias|Anchor|name of an a)/.test(why);
  const found = named ?? (unnamed ? texts.find(isReserved)?.[0] : undefined);
  return found ? `a text that starts with ${found} has to be in quotes` : null;
}

function textAfterTheEnd({ value, why }: Place): string | null {
  if (!MISPLACED.test(why)) return null;
  const [first] = value;
  if (first === '"' || first === "'") {
    const escaped = first === '"' ? String.raw`\"` : "''";
    return `text follows the closing ${first}; put the whole value in quotes, and write a ${first} inside it as ${escaped}`;
  }
  if ((first !== '[' && first !== '{') || /[\]}]\s*$/.test(value)) return null;
  return `a text that starts with ${first} has to be in quotes if it is not a ${first === '[' ? 'list' : 'mapping'}`;
}

function colonInValue({ rest, value, why }: Place): string | null {
  if (!MISPLACED.test(why) && !why.startsWith('Block collections are not allowed')) return null;
  if (why.startsWith('Unexpected scalar')) return null;
  if (rest.startsWith('? ')) return 'put the value in quotes';
  if (/:(?: |$)/.test(value)) return 'the value contains ": ", so put it in quotes';
  return why.startsWith('Nested')
    ? 'the next line is indented too far; start it in the column of this line'
    : null;
}
