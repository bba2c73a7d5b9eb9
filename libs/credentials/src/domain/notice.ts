import type { TokenFacts, TokenKind } from './connection';

const DAY = 24 * 60 * 60 * 1000;
const WARN_BEFORE = 14 * DAY;

/** What the person who connects should know about the token, or null where there is nothing to say. */
export function noticeOf(token: TokenFacts, now: Date): string | null {
  const sentences = [expiry(token.expiresAt, now), token.canCreateProjects ? null : whyNoCreate(token)];
  return sentences.filter((sentence) => sentence !== null).join(' ') || null;
}

/** Whether it is time to replace it: fourteen days before it expires, so that it happens at leisure. */
export function expiresSoon({ expiresAt }: Pick<TokenFacts, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() - now.getTime() <= WARN_BEFORE;
}

function expiry(expiresAt: Date | null, now: Date): string | null {
  if (!expiresAt || !expiresSoon({ expiresAt }, now)) return null;
  const day = expiresAt.toISOString().slice(0, 10);
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0)
    return `The token expired on ${day}. Create a new token with the api scope and connect again.`;
  return (
    `The token expires on ${day}, ${inDays(Math.ceil(left / DAY))}. ` +
    'Create a new token with the api scope and connect again before then, or the sync stops.'
  );
}

function inDays(days: number): string {
  return days === 1 ? 'within a day' : `in ${days} days`;
}

function whyNoCreate({ tokenKind }: { readonly tokenKind: TokenKind }): string {
  if (tokenKind === 'personal') {
    return (
      'GitLab does not let this user create projects, so Create new project is hidden. ' +
      'Use Select existing project, or ask a GitLab administrator to raise the limit.'
    );
  }
  return (
    `This is a ${tokenKind} access token: it signs in as a bot user with no personal namespace, so it can sync to existing ` +
    'projects but cannot create new ones, and Create new project is hidden. Use a Personal Access Token ' +
    '(User Settings → Access Tokens) if you want Dot to create the project for you.'
  );
}
