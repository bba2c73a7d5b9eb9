import { DomainError, Secret } from '@app/kernel';
import { GitLabRefused } from '../errors/answer.errors';
import { TokenNotRotatable, TokenRejected, TokenScopeMissing } from '../errors/token.errors';
import type { RotatedToken, TokenInfo, TokenKind } from '../gitlab.types';
import { date, flag, id, listOf, number, optional, row, text, type ReadAs } from './responses/shapes';
import { storableDate } from '../storable-date';
import type { Api } from './api';
import type { ErrorBody } from './errors/error-body';

const SELF = '/personal_access_tokens/self';
const DAY = 24 * 60 * 60 * 1000;
const NEEDED_SCOPE = 'api';
/**
 * User name of a bot, which GitLab makes for each project or group token. Old bots end in a number or nothing
 * (docs/gitlab-api.md#kinds-of-tokens).
 */
const BOT = /^(project|group)_\d+_bot(_?[0-9a-z]+)?$/;

const userRow = row({
  username: text,
  bot: optional(flag, undefined),
  can_create_project: optional(flag, undefined),
});
type UserRow = ReadAs<typeof userRow>;

const tokenRow = row({
  user_id: optional(number, undefined),
  scopes: optional(listOf(text), undefined),
  created_at: optional(text, undefined),
  expires_at: optional(text, undefined),
  active: optional(flag, undefined),
  revoked: optional(flag, undefined),
  expired: optional(flag, undefined),
  granular: optional(flag, undefined),
});
type TokenRow = ReadAs<typeof tokenRow>;

const successorRow = row({ token: id, expires_at: optional(date, null) });

/** Reads the token's rights from `/user` and from the token itself; either route may be closed to the token. */
export class Tokens {
  constructor(private readonly api: Api) {}

  async whoAmI(): Promise<TokenInfo> {
    const user = await this.user();
    const token = await this.token();
    if (token instanceof DomainError && user instanceof DomainError) throw user;
    const known: Partial<TokenRow> = token instanceof DomainError ? {} : token;
    refuseDead(known);
    const granular = known.granular ?? false;
    if (!granular && known.scopes && !known.scopes.includes(NEEDED_SCOPE))
      throw new TokenScopeMissing([NEEDED_SCOPE]);
    const person = user instanceof DomainError ? null : user;
    const kind = kindOf(person);
    return {
      username: person?.username ?? `user ${known.user_id ?? 'unknown'}`,
      kind,
      scopes: known.scopes ?? [],
      expiresAt: (known.expires_at && storableDate(known.expires_at)) || null,
      canCreateProjects: kind === 'personal' && (person?.can_create_project ?? true),
      granular,
    };
  }

  async rotate(): Promise<RotatedToken> {
    const { data: own } = await this.api.get(SELF, tokenRow, { translate: notRotatable });
    refuseDead(own);
    const body = { expires_at: this.endOfSuccessor(own) };
    const successor = await this.api.write('POST', `${SELF}/rotate`, successorRow, body, notRotatable);
    return { token: new Secret(successor.token), expiresAt: successor.expires_at };
  }

  /**
   * Returns an expiry that GitLab most likely grants: the token's own lifetime. Without one GitLab grants only a
   * week.
   */
  private endOfSuccessor({ created_at: created, expires_at: expires }: TokenRow): string {
    if (!created || !expires) throw new TokenNotRotatable('it has no expiry date');
    const days = Math.round((startOfDay(expires) - startOfDay(created)) / DAY);
    return new Date(this.api.now().getTime() + Math.max(1, days) * DAY).toISOString().slice(0, 10);
  }

  /**
   * Returns an error if the route is closed to this token, which is no reason to reject it
   * (docs/gitlab-api.md#fine-grained-tokens).
   */
  private async user(): Promise<UserRow | DomainError> {
    try {
      return (await this.api.get('/user', userRow)).data;
    } catch (error) {
      return closedOrThrow(error);
    }
  }

  /** Only tokens of the personal kind can read themselves: OAuth tokens get 400, and old servers lack the route. */
  private async token(): Promise<TokenRow | DomainError> {
    try {
      return (await this.api.get(SELF, tokenRow)).data;
    } catch (error) {
      return closedOrThrow(error);
    }
  }
}

function closedOrThrow(error: unknown): DomainError {
  if (error instanceof TokenScopeMissing || error instanceof GitLabRefused) return error;
  throw error;
}

function startOfDay(time: string): number {
  return Date.parse(time.slice(0, 10));
}

/**
 * The route exists since 16.10 and is closed to tokens of other than the personal kind (docs/gitlab-api.md#who-am-i).
 */
function notRotatable({ status, text }: ErrorBody): TokenNotRotatable | undefined {
  if (status === 404) return new TokenNotRotatable('supported since GitLab 16.10');
  return status >= 400 && status < 500 ? new TokenNotRotatable(text) : undefined;
}

function refuseDead({ revoked, expired, active }: Partial<TokenRow>): void {
  if (revoked) throw new TokenRejected('revoked');
  if (expired) throw new TokenRejected('expired');
  if (active === false) throw new TokenRejected('invalid');
}

function kindOf(user: UserRow | null): TokenKind {
  const owner = user && user.bot !== false ? BOT.exec(user.username)?.[1] : undefined;
  return (owner as TokenKind | undefined) ?? 'personal';
}
