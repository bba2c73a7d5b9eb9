import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import {
  RateLimited,
  TokenRejected,
  TokenScopeMissing,
  type CallOptions,
  type GitLab,
  type TokenInfo,
} from '@app/gitlab';
import { DomainError, EventBus, Transactions, type OrgId } from '@app/kernel';
import type { Connection } from '../domain/connection';
import type { ConnectionChecked } from '../domain/credentials.events';
import type { Check, ConnectionProbe } from './connection-probe.port';
import { Connections } from './connections.port';
import { OpenGitLab } from './open-gitlab';
import { factsOf } from './token-facts';

export interface CheckedConnection {
  readonly connection: Connection;
  readonly checks: readonly Check[];
}

/** Checks the token again and stores the result; then runs the probes. */
@Injectable()
export class CheckConnection {
  private readonly probes: ConnectionProbe[] = [];

  constructor(
    private readonly openGitLab: OpenGitLab,
    private readonly connections: Connections,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  addProbe(probe: ConnectionProbe): void {
    this.probes.push(probe);
  }

  /**
   * `act`: the audit entry of the person who asked; absent if the service checks by itself.
   * @throws NotConnected, and RateLimited if Dot's own limit kept the request from GitLab
   */
  async execute(org: OrgId, act?: Act, options?: CallOptions): Promise<CheckedConnection> {
    const { connection, gitlab } = await this.openGitLab.execute(org, options);
    const { token, checks } = await lookAtToken(connection, gitlab);
    const checked = await this.keep(connection, token, act);
    if (!token) return { connection: checked, checks };
    return { connection: checked, checks: [...checks, ...(await this.probe(checked, gitlab))] };
  }

  private keep(connection: Connection, token: TokenInfo | null, act?: Act): Promise<Connection> {
    return this.transactions.run(async () => {
      const amended = token && (await this.connections.amend(connection, factsOf(token)));
      await act?.record(connection.instanceUrl);
      await this.announce(connection, token !== null);
      return amended ?? connection;
    });
  }

  private announce({ org, id }: Connection, ok: boolean): Promise<void> {
    const event: ConnectionChecked = { name: 'connection.checked.v1', org, connectionId: id, ok };
    return this.events.publishAfter(this.transactions, event);
  }

  private async probe(connection: Connection, gitlab: GitLab): Promise<Check[]> {
    const checks: Check[] = [];
    for (const probe of this.probes) checks.push(...(await probe.probe(connection, gitlab)));
    return checks;
  }
}

async function lookAtToken(
  { instanceUrl }: Connection,
  gitlab: GitLab,
): Promise<{ token: TokenInfo | null; checks: Check[] }> {
  const reached = pass('instance', `${instanceUrl} answers.`);
  try {
    const token = await gitlab.whoAmI();
    const accepted = pass('token', `GitLab accepts the token of ${token.username}.`);
    return { token, checks: [reached, accepted, pass('scope', scopesOf(token))] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error instanceof RateLimited && error.by === 'dot') throw error;
    if (error instanceof TokenRejected) return { token: null, checks: [reached, fail('token', error)] };
    if (error instanceof TokenScopeMissing) {
      return {
        token: null,
        checks: [reached, pass('token', 'GitLab accepts the token.'), fail('scope', error)],
      };
    }
    return { token: null, checks: [fail('instance', error)] };
  }
}

function scopesOf({ granular, scopes }: TokenInfo): string {
  if (granular) return 'The token is fine-grained: GitLab shows its rights only when they are used.';
  return `The token has the scopes ${scopes.join(', ')}.`;
}

function pass(name: string, detail: string): Check {
  return { name, ok: true, detail };
}

function fail(name: string, error: DomainError): Check {
  return { name, ok: false, detail: error.message };
}
