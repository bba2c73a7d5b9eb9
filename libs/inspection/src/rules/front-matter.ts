export interface FrontMatter {
  readonly yaml: string;
  /** The line of the file on which `yaml` begins, from 1. */
  readonly line: number;
}

const FENCED = /^\uFEFF?---[ \t]*\r?\n(?<yaml>[\s\S]*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;
/** Matches `key:`, `"key":` or the brace of a flow mapping, after comments. */
const MAPPING = /^(?:[ \t]*#.*\r?\n)*[ \t]*(?:\{|["'\w][^\r\n]*?:(?:[ \t\r\n]|$))/;

/**
 * Returns the metadata at the head of a Markdown file. Text between two thematic breaks looks similar, so metadata
 * must begin like a mapping directly after the first line.
 */
export function frontMatterOf(markdown: string): FrontMatter | null {
  const yaml = FENCED.exec(markdown)?.groups?.yaml;
  return yaml !== undefined && MAPPING.test(yaml) ? { yaml, line: 2 } : null;
}
