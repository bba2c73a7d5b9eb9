import type { Project } from './contract';

const escaped = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** Returns the URL of GitLab's page for a file on the configured branch. */
export function blobUrl({ webUrl, branch }: Project, path: string, line?: number | null): string {
  return `${webUrl}/-/blob/${escaped(branch)}/${escaped(path)}${line ? `#L${line}` : ''}`;
}
