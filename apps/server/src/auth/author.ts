import type { Author } from '@app/gitlab-sync';

/**
 * Removes control characters, and the brackets that delimit an address in Git, because they would corrupt the commit.
 */
const UNFIT = /[\p{Cc}\p{Cf}\u2028\u2029<>]/gu;
const LONGEST = 200;

/** Returns the commit author for any claims about the token's owner. */
export function authorOf(subject: string, name?: unknown, email?: unknown): Author {
  const ownName = clean(name) || clean(subject);
  const address = clean(email).replace(/\s/g, '');
  return {
    name: ownName || 'Dot user',
    email: address.includes('@') ? address : `${localPart(subject)}@dot.invalid`,
  };
}

function clean(claim: unknown): string {
  return typeof claim === 'string'
    ? claim.replace(UNFIT, ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST)
    : '';
}

function localPart(subject: string): string {
  return (
    subject
      .replace(/[^A-Za-z0-9._+-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 64) || 'user'
  );
}
