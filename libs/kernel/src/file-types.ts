/** Selects the inspection of a text: YAML, Markdown with YAML front matter, or neither. */
export type FileCheck = 'yaml' | 'markdown' | 'other';

interface FileType {
  /** Lower case, without the dot. */
  readonly extensions: readonly string[];
  readonly mediaType: string;
  readonly check: FileCheck;
}

/** The types of context files. A type added here is synced, inspected, served and named in errors. */
const FILE_TYPES: readonly FileType[] = [
  { extensions: ['md', 'markdown'], mediaType: 'text/markdown', check: 'markdown' },
  { extensions: ['yml', 'yaml'], mediaType: 'application/yaml', check: 'yaml' },
];

/** Returns the type of a file by the extension of its name; null if Dot keeps no such files. */
export function fileTypeOf(path: string): FileType | null {
  const extension = /\.([^./]+)$/.exec(path)?.[1].toLowerCase();
  return FILE_TYPES.find(({ extensions }) => extension && extensions.includes(extension)) ?? null;
}

/** The extensions as an error names them: ".md, .markdown, .yml or .yaml". */
export const FILE_EXTENSIONS = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
  FILE_TYPES.flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`)),
);
