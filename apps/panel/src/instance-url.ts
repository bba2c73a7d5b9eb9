const GITLAB_COM = 'https://gitlab.com';

/** Returns the instance URL that Dot will use: cuts a project URL to its host. Text that is not a URL yet stays as typed. */
export function instanceOf(typed: string): string {
  const text = typed.trim();
  if (!text) return GITLAB_COM;
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(url) && /^https?:/i.test(url) ? new URL(url).origin : text;
}
