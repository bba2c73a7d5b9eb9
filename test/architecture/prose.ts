import ts from 'typescript';

/** One breach of the rules for plain English (docs/contributing.md). */
export interface Breach {
  readonly rule: string;
  readonly text: string;
}

/** Most words of a sentence. */
const MOST_WORDS = { comment: 24, document: 32 };

/** Idioms that a reader stumbles over, and names that the code no longer has. */
const IDIOMS: readonly (readonly [RegExp, string])[] = [
  [/\bwhoever\b|\bnobody\b/i, 'name the subject'],
  [/\banew\b/i, 'say "again"'],
  [/\b(?:is|are|was|were|be|been|being|while) away\b/i, 'say "unavailable"'],
  [/\blook(?:s|ed|ing)? after\b/i, 'say "check", "renew" or "maintain"'],
  [/\b(?:tell|tells|telling|told)\b/i, 'say "return", "report" or "notify"'],
  [/\bat once\b/i, 'say "immediately" or "at the same time"'],
  [/\blet(?:s|ting)? go\b/i, 'say "release"'],
  [/\ball the same\b/i, 'say "anyway"'],
  [/\balone\b/i, 'say "only"'],
  [/\b(?:is|are|be|were|was) heard\b|\bhears?\b/i, 'say "receive"'],
  [
    /\bwhere (?:it|there|that|this|these|nothing|none|one|a|an|the|they|both|no|GitLab|Dot|he|she|we)\b/i,
    'say "if" or "when"',
  ],
  [/(?<!key )\b(?:rings?|rung)\b|\bgoodbye\b|\bshipments?\b|\btwins\b|in-our-words/i, 'use the new name'],
];

/** Free relatives, which a message to people may have: "See what there is". */
const RELATIVES: typeof IDIOMS = [
  [
    /\bwhat (?:is|was|has|it|they|may|must|can|waits|became|comes|came|stands|counts|fails|failed|GitLab|Dot|no|happens)\b/i,
    'name the thing',
  ],
  [/\bwho (?:is|has|asks|waits|wants|may|can)\b/i, 'name the person or the part'],
];

/** A doc line starts with a verb or a noun, not with a free relative or a preposition. */
const WEAK_START =
  /^(?:What|Who|Whom|Whose|Where|How|Whether|That|Those|These|So|Such|Asked|Told|From|In|On|At|By|Of|With|Without|Not|Until|Under|To|While)\b/;

/** The comments of a TypeScript source, without their marks. Doc comments come first as one paragraph each. */
export function commentsOf(source: string): { readonly text: string; readonly isDoc: boolean }[] {
  const file = ts.createSourceFile('source.tsx', source, ts.ScriptTarget.Latest, true);
  const found = new Map<number, { text: string; isDoc: boolean }>();
  const collect = (position: number) => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(source, position) ?? []),
      ...(ts.getTrailingCommentRanges(source, position) ?? []),
    ];
    for (const { pos, end } of ranges) {
      const raw = source.slice(pos, end);
      found.set(pos, { text: withoutMarks(raw), isDoc: raw.startsWith('/**') });
    }
  };
  const visit = (node: ts.Node) => {
    if (node.kind === ts.SyntaxKind.JsxText) return;
    collect(node.getFullStart());
    collect(node.getEnd());
    node.getChildren(file).forEach(visit);
  };
  visit(file);
  return [...found.values()].filter(({ text }) => text && !/^(?:eslint|prettier|@ts)-/.test(text));
}

function withoutMarks(comment: string): string {
  return comment
    .replace(/^\/\*+|\*\/$|^\/\//g, '')
    .replace(/^\s*\* ?/gm, '')
    .replace(/`[^`]*`|https?:\S+|\([^)]*\.md[^)]*\)/g, 'it')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The breaches of one comment. */
export function breachesOfComment({
  text,
  isDoc,
}: {
  readonly text: string;
  readonly isDoc: boolean;
}): Breach[] {
  const weak = isDoc && WEAK_START.test(text) ? [{ rule: 'start with a verb', text }] : [];
  return [...weak, ...breachesOf(text.replace(/@\w+.*$/, ''), MOST_WORDS.comment)];
}

/** The breaches of the prose of a Markdown document: code, tables and quotations are left out. */
export function breachesOfDocument(markdown: string): Breach[] {
  const prose = markdown
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/^(?:\||>|#).*$/gm, '')
    .replace(/`[^`]*`/g, 'it')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return prose
    .split(/\n\s*\n|\n(?=[-*\d])/)
    .flatMap((paragraph) => breachesOf(paragraph.replace(/\s+/g, ' ').trim(), MOST_WORDS.document));
}

function breachesOf(text: string, mostWords: number): Breach[] {
  const idioms = [...IDIOMS, ...RELATIVES]
    .filter(([idiom]) => idiom.test(text))
    .map(([, rule]) => ({ rule, text }));
  const long = text
    .split(/(?<=[.;:!?]) /)
    .filter((sentence) => sentence.split(' ').length > mostWords)
    .map((sentence) => ({ rule: `at most ${mostWords} words`, text: sentence }));
  return [...idioms, ...long];
}

/** The titles of a spec: of its suites and cases, tables included. */
export function titlesOf(source: string): string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const titles: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && /^(?:describe|it)\b/.test(node.expression.getText(file))) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) titles.push(title.text);
    }
    node.forEachChild(visit);
  };
  visit(file);
  return titles;
}

/** The breaches of one title. Its length is free. */
export function breachesOfTitle(title: string): Breach[] {
  return breachesOf(title, Infinity);
}

/** The texts of several words in the literals of a TypeScript source: messages, descriptions, words of the page. */
export function literalsOf(source: string): string[] {
  const file = ts.createSourceFile('source.tsx', source, ts.ScriptTarget.Latest, true);
  const literals: string[] = [];
  const visit = (node: ts.Node) => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
    if (isText && /\S\s+\S/.test(node.text)) literals.push(node.text);
    node.forEachChild(visit);
  };
  visit(file);
  return literals;
}

/** The breaches of one literal. Its length is free. */
export function breachesOfLiteral(text: string): Breach[] {
  return IDIOMS.filter(([idiom]) => idiom.test(text)).map(([, rule]) => ({ rule, text }));
}
