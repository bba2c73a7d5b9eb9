import type { JWTPayload } from 'jose';
import { orgId, ROLES, type Caller, type OrgId, type Role } from '@app/gitlab-sync';
import { LONGEST_CLAIM, Unauthenticated } from '@app/gitlab-sync/http';
import { authorOf } from './author';

/**
 * Returns the caller that the claims of a verified token describe; checks each claim's type first. @throws
 * Unauthenticated
 */
export function callerOf(claims: JWTPayload, address: string): Caller {
  const subject = textOf('sub', claims.sub);
  if (!subject?.trim()) throw new ClaimRefused('sub', 'is empty');
  const role = roleOf(claims.role);
  const org = role === 'operator' ? noOrg(claims.org) : orgOf(claims.org);
  const author = authorOf(subject, textOf('name', claims.name), textOf('email', claims.email));
  // The signature was checked together with `exp`, so it is a number of seconds.
  const expiresAt = claims.exp === undefined ? {} : { expiresAt: new Date(claims.exp * 1000) };
  return { subject, role, org, author, address, ...expiresAt };
}

function textOf(claim: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new ClaimRefused(claim, 'is not a string');
  if (value.length > LONGEST_CLAIM)
    throw new ClaimRefused(claim, `has more than ${LONGEST_CLAIM} characters`);
  return value;
}

function roleOf(value: unknown): Role {
  const role = ROLES.find((known) => known === value);
  if (!role) throw new ClaimRefused('role', `is not one of ${ROLES.join(', ')}`);
  return role;
}

function orgOf(value: unknown): OrgId {
  try {
    return orgId(textOf('org', value) ?? '');
  } catch {
    throw new ClaimRefused('org', 'is not an organisation id');
  }
}

function noOrg(value: unknown): null {
  if (value !== undefined) throw new ClaimRefused('org', 'is set, but an operator has none');
  return null;
}

class ClaimRefused extends Unauthenticated {
  constructor(claim: string, why: string) {
    super(`The token's claim "${claim}" ${why}`);
  }
}
