import type { InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import { WebhookEndpoints, type LastLook } from '../src/application/ports/webhook-endpoints.port';
import { WebhookEndpoint, type EndpointState } from '../src/domain/webhook-endpoint';

/** Keeps endpoints in memory. Transactions run one after the other, so that holding is reading. */
export class InMemoryWebhookEndpoints extends WebhookEndpoints {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async find(ids: readonly string[]): Promise<Map<string, WebhookEndpoint>> {
    const rows = this.rows.values().filter(({ id }) => ids.includes(id));
    return new Map(rows.map((row) => [row.id, WebhookEndpoint.restore(row)]));
  }

  async ofOrg(org: OrgId): Promise<WebhookEndpoint | null> {
    return toDomain(this.rows.get(org));
  }

  hold(org: OrgId): Promise<WebhookEndpoint | null> {
    return this.ofOrg(org);
  }

  async save({ org, state }: WebhookEndpoint): Promise<void> {
    await this.tables.run(() => this.rows.set(org, { ...state }));
  }

  async remove(org: OrgId): Promise<void> {
    await this.tables.run(() => this.rows.delete(org));
  }

  takeDue({ before, withReplacedKeysBefore }: LastLook, now: Date, limit: number): Promise<OrgId[]> {
    return this.tables.run(() => {
      const due = this.rows
        .values()
        .flatMap((row) =>
          row.hook && row.hook.checkedAt < (hasReplacedKeys(row, now) ? withReplacedKeysBefore : before)
            ? [{ ...row, hook: row.hook }]
            : [],
        )
        .sort((one, other) => one.hook.checkedAt.getTime() - other.hook.checkedAt.getTime())
        .slice(0, limit);
      for (const row of due) this.rows.set(row.org, { ...row, hook: { ...row.hook, checkedAt: now } });
      return due.map(({ org }) => org);
    });
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const orgs = this.rows.values().map((row) => row.org);
    return orgs
      .filter((other) => org === null || other > org)
      .sort()
      .slice(0, limit);
  }

  private get rows() {
    return this.tables.table<EndpointState>('webhook_endpoints');
  }
}

function hasReplacedKeys({ hook, keys, replaced }: EndpointState, now: Date): boolean {
  return hook !== null && hook.keysId !== keys.id && replaced.some(({ until }) => until > now);
}

function toDomain(state: EndpointState | undefined): WebhookEndpoint | null {
  return state ? WebhookEndpoint.restore(state) : null;
}
