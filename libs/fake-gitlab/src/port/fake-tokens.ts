import { Secret } from '@app/kernel';
import { TokenNotRotatable, TokenScopeMissing } from '@app/gitlab';
import type { RotatedToken, TokenInfo } from '@app/gitlab';
import { Refused } from '../instance/refusal';
import { endOfSuccessor, rotate } from '../instance/token-rotation';
import type { InProcessCalls } from './in-process-calls';

/** Reads and rotates the token of the call. */
export class FakeTokens {
  constructor(private readonly calls: InProcessCalls) {}

  whoAmI(): Promise<TokenInfo> {
    const needs = { scopes: null, permission: null };
    return this.calls.run({ name: 'whoAmI', needs }, (_instance, { token, user }) => {
      const granular = token.permissions !== null;
      if (!granular && !token.scopes.includes('api')) throw new TokenScopeMissing(['api']);
      const kind = token.kind === 'oauth' ? 'personal' : token.kind;
      const canCreateProjects = kind === 'personal' && user.canCreateProject;
      const { scopes, expiresAt } = token;
      return { username: user.username, kind, scopes, expiresAt, canCreateProjects, granular };
    });
  }

  rotate(): Promise<RotatedToken> {
    const needs = { scopes: ['api', 'self_rotate'], permission: 'rotate_personal_access_token' };
    return this.calls.run({ name: 'rotateToken', needs, write: true }, (instance, { token }) => {
      if (!token.expiresAt && token.kind !== 'oauth') throw new TokenNotRotatable('it has no expiry date');
      try {
        const successor = rotate(instance, token, endOfSuccessor(instance, token));
        return { token: new Secret(successor.value), expiresAt: successor.expiresAt };
      } catch (error) {
        throw error instanceof Refused ? new TokenNotRotatable(JSON.stringify(error.refusal)) : error;
      }
    });
  }
}
