import type { Project } from './contract';

const escaped = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** A file on the configured branch, as GitLab shows it. */
export function blobUrl({ webUrl, branch }: Project, path: string, line?: number | null): string {
  return `${webUrl}/-/blob/${escaped(branch)}/${escaped(path)}${line ? `#L${line}` : ''}`;
}
