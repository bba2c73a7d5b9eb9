import type { GitObjects } from './git-objects';

type Attribute = 'export-ignore' | 'export-subst' | 'lfs';

/** The part of the root `.gitattributes` that changes what GitLab stores or packs. The last matching line wins. */
export class GitAttributes {
  private constructor(
    private readonly rules: readonly { matches: RegExp; attribute: Attribute; on: boolean }[],
  ) {}

  static parse(objects: GitObjects, treeId: string): GitAttributes {
    const entry = objects.entryAt(treeId, '.gitattributes');
    const text = (entry && objects.blob(entry.id)?.toString()) ?? '';
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    return new GitAttributes(lines.filter((line) => line && !line.startsWith('#')).flatMap(parseLine));
  }

  has(path: string, attribute: Attribute): boolean {
    const rules = this.rules.filter((rule) => rule.attribute === attribute && rule.matches.test(path));
    return rules.at(-1)?.on ?? false;
  }
}

function parseLine(line: string) {
  const [pattern, ...words] = line.split(/\s+/);
  const matches = toRegExp(pattern);
  return words.flatMap((word) => {
    const attribute = word.replace(/^[-!]/, '').replace('filter=lfs', 'lfs');
    if (attribute !== 'export-ignore' && attribute !== 'export-subst' && attribute !== 'lfs') return [];
    return [{ matches, attribute: attribute as Attribute, on: !/^[-!]/.test(word) }];
  });
}

function toRegExp(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const body = pattern
    .replace(/^\/|\/$/g, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (glob) => ({ '**/': '(.*/)?', '**': '.*', '*': '[^/]*' })[glob] ?? '[^/]');
  return new RegExp(`^${anchored ? '' : '(.*/)?'}${body}(/.*)?$`);
}
