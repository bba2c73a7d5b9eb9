import type { TokenLifecycle, TokenFacts, TokenKind } from './connection';
import { DAY, needsAttention } from './expiry';

const NEW_TOKEN = 'Create a new token with the api scope and connect again';

type Noted = TokenFacts & Pick<TokenLifecycle, 'selfRotation' | 'rotation'>;

/** Returns the notice about a token for the person who connects; null if there is none. */
export function noticeOf(token: Noted, now: Date): string | null {
  const sentences = [endOf(token, now), token.canCreateProjects ? null : whyNoCreate(token)];
  return sentences.filter((sentence) => sentence !== null).join(' ') || null;
}

function endOf(token: Noted, now: Date): string | null {
  const { expiresAt, rotation } = token;
  if (rotation?.state === 'lost') {
    return (
      'GitLab renewed the token, but the new one was lost before it could be stored, and the former one no longer works. ' +
      `${NEW_TOKEN}.`
    );
  }
  if (!expiresAt || !needsAttention(token, now)) return null;
  const day = expiresAt.toISOString().slice(0, 10);
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0) return `The token expired on ${day}. ${NEW_TOKEN}.`;
  return `The token expires on ${day}, ${inDays(Math.ceil(left / DAY))}. ${whatToDo(token)}`;
}

function whatToDo({ selfRotation, rotation }: Noted): string {
  if (rotation?.state === 'refused' && rotation.problem) return rotation.problem;
  if (selfRotation)
    return `It will be renewed automatically before then. If this notice stays: ${NEW_TOKEN.toLowerCase()}.`;
  return `${NEW_TOKEN} before then, or the sync stops.`;
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
