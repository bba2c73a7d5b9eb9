import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@app/audit';
import { Clock, type Actor, type OrgId, type Secret } from '@app/kernel';
import { tokenOf } from '../domain/token-form';
import {
  checkedConnectionView,
  connectionView,
  type CheckedConnectionView,
  type ConnectionView,
} from './connection.view';
import { CredentialsService } from './credentials.service';

/** The token to connect with, and its instance. */
export interface NewConnection {
  /** A personal, group or project access token with the `api` scope. Stored encrypted, never returned. */
  readonly token: string | Secret;
  /** Blank is https://gitlab.com. */
  readonly instanceUrl?: string;
  /** True if the token renews itself at GitLab before it expires; off by default. */
  readonly selfRotation?: boolean;
}

/** Gives each omitted field its present value. */
export interface TokenChange {
  /** A token of the connected user, for the connected instance. */
  readonly token?: string | Secret;
  readonly selfRotation?: boolean;
}

/** The connection of an org, for people: every change is recorded in the audit log. */
@Injectable()
export class ConnectionApi {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Stores a token that GitLab accepts. Reconnecting rotates the webhook secret. @throws TokenMalformed, GitLab's errors */
  connect(org: OrgId, { token, ...more }: NewConnection, by: Actor): Promise<ConnectionView> {
    return this.trail.attempt({ org, action: 'connection.connect', by, target: null }, async (act) => {
      const request = { org, token: tokenOf(token), ...more };
      return connectionView(await this.credentials.connect(request, act), this.clock.now());
    });
  }

  /** @throws NotConnected, TokenMalformed, TokenOfAnotherUser, GitLab's errors */
  replaceToken(org: OrgId, { token, selfRotation }: TokenChange, by: Actor): Promise<ConnectionView> {
    return this.trail.attempt({ org, action: 'connection.change', by, target: null }, async (act) => {
      const change = { org, token: token === undefined ? undefined : tokenOf(token), selfRotation };
      return connectionView(await this.credentials.change(change, act), this.clock.now());
    });
  }

  /** Asks GitLab again about the token. @throws NotConnected */
  checkConnection(org: OrgId, by: Actor): Promise<CheckedConnectionView> {
    return this.trail.attempt({ org, action: 'connection.check', by, target: null }, async (act) =>
      checkedConnectionView(await this.credentials.check(org, act), this.clock.now()),
    );
  }

  /** Destroys the token and the webhook secret, and stops the sync; the context stays. @throws NotConnected */
  disconnect(org: OrgId, by: Actor): Promise<void> {
    return this.trail.attempt({ org, action: 'connection.disconnect', by, target: null }, (act) =>
      this.credentials.disconnect(org, act),
    );
  }
}
