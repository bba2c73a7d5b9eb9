import { DomainError } from './domain-error';

/** The tenant: one Dot organisation. Branded, so that no other string can replace it in a query. */
export type OrgId = string & { readonly __brand: 'OrgId' };

const FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Checks an organisation's id. @throws OrgIdInvalid unless it is 1 to 64 letters, digits, dots, dashes or underscores */
export function orgId(text: string): OrgId {
  if (!FORM.test(text)) throw new OrgIdInvalid();
  return text as OrgId;
}

export class OrgIdInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor() {
    super('Use an organisation id of 1 to 64 letters, digits, dots, dashes or underscores.');
  }
}
