import { Parser } from 'commonmark';

const MENTION = /(?<![\w@])@([A-Za-z0-9_][\w.-]*)/g;
/** GitLab's default pattern. Issues of other trackers, e.g. `PROJ-1`, count too. */
const CLOSING =
  /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?)(?::?) +(?:issues? +)?(?<issue>[\w./-]*#\d+|https?:\/\/\S+|[A-Z][A-Z0-9_]+-\d+)/gi;

/** Returns the names that a text mentions, `all` included. Code mentions no person. */
export function mentionsIn(markdown: string): string[] {
  const names: string[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let step = walker.next(); step; step = walker.next())
    if (step.node.type === 'text') names.push(...mentionsInTitle(step.node.literal ?? ''));
  return names;
}

/** A title has no code: every mention counts. */
export function mentionsInTitle(title: string): string[] {
  return [...title.matchAll(MENTION)].map(([, name]) => name);
}

/** Returns the issues that a merge closes. GitLab searches the raw text, code included (docs/gitlab-api.md#user-text). */
export function issuesClosedBy(text: string): string[] {
  return [...text.matchAll(CLOSING)].map(({ groups }) => groups!.issue);
}
