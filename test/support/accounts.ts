import { AuditTrail } from '@app/audit';
import { FakeAct, InMemoryAuditLog } from '@app/audit/testing';
import { FakeKeySource, inMemoryCredentials, rewrapTokensOver } from '@app/credentials/testing';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { FakeGitLabConnector, FakeGitLabInstance } from '@app/fake-gitlab';
import { EventBus, ManualClock, orgId, Secret, type DomainEvent } from '@app/kernel';
import { inMemoryProjectConfig } from '@app/project-config/testing';

export const ACME = orgId('acme');

const EVENTS = [
  'connection.changed.v1',
  'connection.checked.v1',
  'connection.removed.v1',
  'target.changed.v1',
  'target.removed.v1',
];

/** Credentials and project configuration over a fake GitLab with Ada's project `ada/context`, in memory. */
export function givenAccounts() {
  const clock = new ManualClock();
  const gitlab = new FakeGitLabInstance({ clock, url: 'https://gitlab.com' });
  const selfHosted = new FakeGitLabInstance({ clock, url: 'https://gitlab.acme.test:8443' });
  const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });

  const events = new EventBus();
  const published: DomainEvent[] = [];
  for (const name of EVENTS) events.on(name, (event) => void published.push(event));

  const tables = new InMemoryTables();
  const transactions = new InMemoryTransactions(tables);
  const keys = new FakeKeySource();
  const connector = new FakeGitLabConnector(gitlab, selfHosted);
  const trail = new AuditTrail(new InMemoryAuditLog(tables), transactions, clock);
  const parts = { trail, tables, transactions, events, clock, connector, keys };
  const credentials = inMemoryCredentials(parts);
  const projects = inMemoryProjectConfig({ ...parts, credentials });

  return {
    ...parts,
    bus: events,
    rewrap: rewrapTokensOver(tables, keys),
    ...{ gitlab, selfHosted, project, credentials, projects },
    connect: (token: string, instanceUrl?: string, org = ACME) =>
      credentials.connect({ org, token: new Secret(token), instanceUrl }, new FakeAct()),
    /** Returns the events since the last call. */
    async events() {
      await events.settled();
      return published.splice(0);
    },
  };
}

export type Accounts = ReturnType<typeof givenAccounts>;
