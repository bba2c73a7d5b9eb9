import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import type { CallOptions, GitLab } from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import type { Connection, ConnectionIds } from '../domain/connection';
import { ChangeConnection, type ConnectionChange } from './change-connection';
import { CheckConnection, type CheckedConnection } from './check-connection';
import { Connect, type ConnectRequest } from './connect';
import type { ConnectionProbe } from './connection-probe.port';
import { Connections } from './connections.port';
import { Disconnect } from './disconnect';
import { EndConnection, type DestroySecrets } from './end-connection';
import { OpenGitLab, type OpenConnection } from './open-gitlab';
import { Vault } from './vault';

/** Offers an org's connection, its GitLab client and the vault to other modules. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly connectUseCase: Connect,
    private readonly checkConnection: CheckConnection,
    private readonly disconnectUseCase: Disconnect,
    private readonly endConnection: EndConnection,
    private readonly openGitLab: OpenGitLab,
    private readonly changeConnection: ChangeConnection,
    private readonly connections: Connections,
    /** Also seals the secrets of other modules, each under its own purpose. */
    readonly vault: Vault,
  ) {}

  connect(request: ConnectRequest, act: Act): Promise<Connection> {
    return this.connectUseCase.execute(request, act);
  }

  /** @throws NotConnected, TokenOfAnotherUser */
  change(change: ConnectionChange, act: Act): Promise<Connection> {
    return this.changeConnection.execute(change, act);
  }

  /** @throws NotConnected */
  check(org: OrgId, act: Act): Promise<CheckedConnection> {
    return this.checkConnection.execute(org, act, { priority: 'interactive' });
  }

  /** @throws NotConnected */
  disconnect(org: OrgId, act: Act): Promise<void> {
    return this.disconnectUseCase.execute(org, act);
  }

  /** Registers a hook for every end of a connection: a disconnect, or a connect to another instance. */
  onDisconnect(destroy: DestroySecrets): void {
    this.endConnection.onDisconnect(destroy);
  }

  async connection(org: OrgId): Promise<Connection | null> {
    return (await this.connections.find(org))?.connection ?? null;
  }

  /** Returns the ids of those orgs that are connected. */
  connectionIds(orgs: readonly OrgId[]): Promise<Map<OrgId, ConnectionIds>> {
    return this.connections.idsOf(orgs);
  }

  /** Returns the connection and its GitLab client, read together. @throws NotConnected */
  open(org: OrgId, options?: CallOptions): Promise<OpenConnection> {
    return this.openGitLab.execute(org, options);
  }

  /** @throws NotConnected */
  async gitlab(org: OrgId, options?: CallOptions): Promise<GitLab> {
    return (await this.open(org, options)).gitlab;
  }

  /** Adds a probe to every connection check from now on. */
  addProbe(probe: ConnectionProbe): void {
    this.checkConnection.addProbe(probe);
  }
}
