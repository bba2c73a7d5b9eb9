import { inert } from '@app/kernel';
import type { Connection, TokenKind } from '../domain/connection';
import { noticeOf } from '../domain/notice';
import type { CheckedConnection } from './check-connection';

/** A connection as shown to people, without the token. */
export interface ConnectionView {
  readonly instanceUrl: string;
  readonly username: string;
  readonly tokenKind: TokenKind;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly canCreateProjects: boolean;
  /** For the admin: why no project can be created, or that the token expires soon. */
  readonly notice: string | null;
  readonly connectedAt: string;
  readonly connectedBy: string;
  /** Present if the token renews itself. */
  readonly selfRotation?: true;
}

/** A connection with the results of its check. */
export interface CheckedConnectionView extends ConnectionView {
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

export function connectionView(connection: Connection, now: Date): ConnectionView {
  const { instanceUrl, username, tokenKind, scopes, expiresAt, canCreateProjects } = connection;
  return {
    instanceUrl,
    username: inert(username),
    tokenKind,
    scopes,
    expiresAt: expiresAt?.toISOString() ?? null,
    canCreateProjects,
    notice: noticeOf(connection, now),
    connectedAt: connection.connectedAt.toISOString(),
    connectedBy: connection.connectedBy,
    ...(connection.selfRotation && { selfRotation: true }),
  };
}

export function checkedConnectionView(
  { connection, checks }: CheckedConnection,
  now: Date,
): CheckedConnectionView {
  return {
    ...connectionView(connection, now),
    checks: checks.map(({ name, ok, detail }) => ({ name, ok, detail: inert(detail) })),
  };
}
