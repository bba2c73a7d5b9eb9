import { SignJWT } from 'jose';
import { orgId, type Role, type Secret } from '@app/gitlab-sync';

export interface TokenWish {
  /** Absent for an operator. */
  readonly org?: string;
  readonly role: Role;
  readonly name?: string;
  readonly email?: string;
  readonly days: number;
}

export interface Signing {
  readonly secret: Secret;
  readonly audience?: string;
  readonly issuer?: string;
}

/** Signs a token for local use, as an identity provider would. @throws OrgIdInvalid */
export function signToken(wish: TokenWish, { secret, audience, issuer }: Signing): Promise<string> {
  const { org, role, name, email, days } = wish;
  const token = new SignJWT({ org: org === undefined ? undefined : orgId(org), role, name, email })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(email ?? 'local')
    .setIssuedAt()
    .setExpirationTime(`${days} days`);
  if (audience) token.setAudience(audience);
  if (issuer) token.setIssuer(issuer);
  return token.sign(new TextEncoder().encode(secret.reveal()));
}
