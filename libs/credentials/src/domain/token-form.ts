import { DomainError, Secret } from '@app/kernel';

const FORM = /^[\x21-\x7e]{1,512}$/;

export const TOKEN_FORM = 'a GitLab access token: 1 to 512 letters, digits and signs, without spaces';

export const hasTokenForm = (token: Secret): boolean => FORM.test(token.reveal());

/** Returns the token without the spaces around it. @throws TokenMalformed */
export function tokenOf(text: string | Secret): Secret {
  const token = typeof text === 'string' ? new Secret(text.trim()) : text;
  if (!hasTokenForm(token)) throw new TokenMalformed();
  return token;
}

export class TokenMalformed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor() {
    const detail = `must be ${TOKEN_FORM}`;
    super('Correct token and send the request again.', { errors: [{ field: 'token', detail }] });
  }
}
