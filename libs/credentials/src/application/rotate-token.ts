import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { GitLabConnector, GitLabUnavailable, TokenRejected, type RotatedToken } from '@app/gitlab';
import { Clock, DomainError, Transactions, type OrgId, type Secret } from '@app/kernel';
import type { Connection } from '../domain/connection';
import { DAY } from '../domain/expiry';
import { dueForRotation, type Rotation } from '../domain/rotation';
import { CheckConnection } from './check-connection';
import { Connections } from './connections.port';
import { EndRotation } from './end-rotation';
import { TokenLifecycleSettings } from './token-lifecycle.settings';
import { TOKEN_PURPOSE } from './token-purpose';
import { Vault } from './vault';

const STORE_AGAIN_MS = 1_000;

interface Begun {
  readonly id: string;
  readonly token: Secret;
  /** True if another process began the rotation and crashed, so that GitLab may or may not have been asked. */
  readonly takenOver: boolean;
}

interface Successor {
  readonly connection: Connection;
  readonly sealedToken: string;
  readonly expiresAt: Date | null;
}

/**
 * Replaces the token by a successor from GitLab, which kills the old token as it answers. The intent is committed
 * first, and the org is locked during the request. The answer is stored immediately, with retries if the
 * database fails. Only a crash between answer and commit loses the successor; the next process finds the intent and a
 * dead token, and reports it.
 */
@Injectable()
export class RotateToken {
  private readonly logger = new Logger('credentials');

  constructor(
    private readonly connections: Connections,
    private readonly vault: Vault,
    private readonly connector: GitLabConnector,
    private readonly transactions: Transactions,
    private readonly check: CheckConnection,
    private readonly endRotation: EndRotation,
    private readonly clock: Clock,
    private readonly settings: TokenLifecycleSettings,
  ) {}

  /** Does nothing if no rotation is due or another process is rotating the token. */
  async execute(org: OrgId): Promise<void> {
    const begun = await this.begin(org);
    if (!begun) return;
    let answered: Successor | null = null;
    try {
      await this.transactions.run(async () => {
        answered = await this.ask(org, begun);
        if (answered) await this.store(answered);
      });
    } catch (error) {
      if (!answered) throw error;
      await this.storeAtLast(answered, error);
    }
    if (answered) await this.confirm(answered);
  }

  /** Runs in its own transaction: if the database accepts no writes, GitLab is never asked. */
  private begin(org: OrgId): Promise<Begun | null> {
    return this.transactions.run(async () => {
      const stored = await this.connections.hold(org);
      if (!stored) return null;
      const { connection, sealedToken } = stored;
      const now = this.clock.now();
      if (!dueForRotation(connection, now, this.settings.rotateBeforeDays * DAY)) return null;
      const token = this.vault.open(org, TOKEN_PURPOSE, sealedToken);
      const id = randomUUID();
      await this.note(connection, { id, state: 'begun', problem: null });
      return { id, token, takenOver: connection.rotation?.state === 'begun' };
    });
  }

  private async ask(org: OrgId, { id, token, takenOver }: Begun): Promise<Successor | null> {
    const held = (await this.connections.hold(org))?.connection;
    if (held?.rotation?.id !== id) return null;
    try {
      return this.sealed(held, await this.connector.open({ ...held, token }).rotateToken());
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.abandon(held, error, takenOver);
      return null;
    }
  }

  private sealed(connection: Connection, { token, expiresAt }: RotatedToken): Successor {
    return { connection, sealedToken: this.vault.seal(connection.org, TOKEN_PURPOSE, token), expiresAt };
  }

  private async abandon(connection: Connection, error: DomainError, takenOver: boolean): Promise<void> {
    const { org, rotation } = connection;
    // The rotation stays `begun`: the next check of the token shows the result.
    if (error instanceof GitLabUnavailable && error.outcomeUnknown)
      return this.logger.warn({ org }, 'token renewal has an unknown outcome; the token is checked again');
    // Nothing was sent. If another process began the rotation, its outcome is still unknown.
    if (error.kind === 'unavailable') {
      this.logger.warn({ org, code: error.code }, 'token renewal postponed: GitLab unavailable');
      if (!takenOver) await this.connections.amend(connection, { rotation: null });
      return;
    }
    const lost = takenOver && error instanceof TokenRejected && error.reason === 'revoked';
    const problem = lost ? null : error.message;
    await this.note(connection, { id: rotation!.id, state: lost ? 'lost' : 'refused', problem });
    await this.endRotation.execute(connection, lost ? 'token_lost' : error.code);
  }

  private async note(connection: Connection, rotation: Omit<Rotation, 'at'>): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.connections.amend(connection, { rotation: { ...rotation, at } });
  }

  private async store({ connection, sealedToken, expiresAt }: Successor): Promise<void> {
    const renewed = { sealedToken, expiresAt, rotatedAt: this.clock.now(), rotation: null };
    const { org } = connection;
    const amended = await this.connections.amend(connection, renewed);
    // A commit that reported an error may have succeeded.
    if (amended || (await this.connections.find(org))?.sealedToken === sealedToken)
      return this.endRotation.execute(connection, 'ok');
    this.logger.warn({ org }, 'token renewal discarded: the token was replaced or removed meanwhile');
  }

  /**
   * Retries until the new token is stored, because GitLab has killed the old one. A stopping process also gets some
   * seconds for it.
   */
  private async storeAtLast(successor: Successor, reason: unknown): Promise<void> {
    const { org } = successor.connection;
    for (let error = reason; error !== null;) {
      this.logger.error({ err: error, org }, 'renewed token not stored; retrying');
      await this.clock.sleep(STORE_AGAIN_MS);
      error = await this.transactions
        .run(() => this.store(successor))
        .then(
          () => null,
          (again: unknown) => again,
        );
    }
  }

  /** Checks the new token immediately; a sync that had stopped because of the old one continues. */
  private async confirm({ connection: { org } }: Successor): Promise<void> {
    try {
      const { checks } = await this.check.execute(org);
      const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
      if (failed.length) this.logger.warn({ org, failed }, 'renewed token failed checks');
    } catch (error) {
      this.logger.warn({ err: error, org }, 'renewed token not checked');
    }
  }
}
