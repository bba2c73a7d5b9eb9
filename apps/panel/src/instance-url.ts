const GITLAB_COM = 'https://gitlab.com';

/** The instance that Dot makes of what was typed: a project URL is cut to its host. What is no URL yet is shown as typed. */
export function instanceOf(typed: string): string {
  const text = typed.trim();
  if (!text) return GITLAB_COM;
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(url) && /^https?:/i.test(url) ? new URL(url).origin : text;
}
