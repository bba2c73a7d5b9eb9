import { orgId, ROLES, type Caller } from '@app/kernel';
import { Unauthenticated } from './access.errors';

/** RFC 5321 allows 254 characters for an address; identity providers keep names and subjects within 255. */
export const LONGEST_CLAIM = 255;

/** Returns the caller that the host's `CallerSource` returned, if all its fields are valid. @throws Unauthenticated */
export function checkCaller(caller: unknown): Caller {
  if (caller === undefined || caller === null) throw new Unauthenticated();
  const { subject, role, org, author, address } = fieldsOf(caller);
  const { name, email } = fieldsOf(author);
  demand('subject', isText(subject) && subject.trim() !== '', 'a text of 1 to 255 characters');
  demand(
    'role',
    ROLES.some((known) => known === role),
    `one of ${ROLES.join(', ')}`,
  );
  if (role === 'operator') demand('org', org === null, 'null, as an operator has none');
  else demand('org', isOrg(org), 'an organisation id');
  demand('author.name', isText(name), 'a text of at most 255 characters');
  demand('author.email', isText(email), 'a text of at most 255 characters');
  demand('address', isText(address), 'a text of at most 255 characters');
  return caller as Caller;
}

function demand(field: string, holds: boolean, expected: string): void {
  if (!holds) throw new Unauthenticated(`The caller's "${field}" is not ${expected}`);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_CLAIM;
}

function isOrg(value: unknown): boolean {
  try {
    return typeof value === 'string' && orgId(value) === value;
  } catch {
    return false;
  }
}
