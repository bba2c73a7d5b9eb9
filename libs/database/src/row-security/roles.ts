/** The roles that queries run under; `RIGHTS` lists everything that each may do. */
export const ROLES = {
  /** Sees and writes the rows of the org in `app.org`. */
  org: 'dot_gitlab_sync',
  /** Sees the rows of all orgs, in the few tables that sweeps and look-ups across orgs need. */
  acrossOrgs: 'dot_gitlab_sync_all',
  /** Deletes old audit entries. */
  retention: 'dot_gitlab_sync_retention',
} as const;

export type RoleOf = keyof typeof ROLES;
export type Right = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** Keeps younger audit entries: only the owner of the table could delete them. */
export const AUDIT_FLOOR_DAYS = 30;

const ALL: readonly Right[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** Rights by table. Tables not named here are writable for the role of one org, and closed to the other roles. */
const RIGHTS: Readonly<Record<string, Partial<Record<RoleOf, readonly Right[]>>>> = {
  context_heads: { acrossOrgs: ['SELECT'] },
  context_changes: { acrossOrgs: ['SELECT'] },
  context_versions: { acrossOrgs: ['SELECT'] },
  gitlab_connections: { acrossOrgs: ['SELECT'] },
  inspections: { acrossOrgs: ['SELECT'] },
  sync_targets: { acrossOrgs: ['SELECT'] },
  notices: { acrossOrgs: ['SELECT'] },
  notice_states: { acrossOrgs: ['SELECT'] },
  notice_deliveries: { acrossOrgs: ['SELECT', 'UPDATE'] },
  notice_channels: { acrossOrgs: ['SELECT'] },
  sync_events: { org: ['SELECT', 'INSERT', 'DELETE'], acrossOrgs: ['SELECT'] },
  sync_states: { acrossOrgs: ['SELECT', 'INSERT', 'UPDATE'] },
  sync_runs: { acrossOrgs: ['SELECT', 'INSERT', 'UPDATE'] },
  sync_conflicts: { acrossOrgs: ['SELECT'] },
  sync_quarantine: { acrossOrgs: ['SELECT'] },
  sync_commit_reports: { acrossOrgs: ['SELECT'] },
  webhook_endpoints: { acrossOrgs: ['SELECT', 'UPDATE'] },
  webhook_deliveries: { acrossOrgs: ALL },
  pruning_rounds: { org: [], acrossOrgs: ['SELECT', 'INSERT', 'UPDATE'] },
  deployment: { org: [], acrossOrgs: ['SELECT'] },
  migrations: { org: [], acrossOrgs: ['SELECT'] },
  audit_entries: { org: ['SELECT', 'INSERT'], retention: ['SELECT', 'DELETE'] },
};

/** Returns what a role may do with a table. */
export function rightsOf(role: RoleOf, table: string): readonly Right[] {
  return RIGHTS[table]?.[role] ?? (role === 'org' ? ALL : []);
}

/** The only table of ours without rows of an org: it needs no policy. */
export const WITHOUT_POLICY = 'migrations';

/** Returns the policies of a table. Rows without an org are closed to the role of one org. */
export function policiesOf(table: string, hasOrg: boolean): Readonly<Record<string, string>> {
  const both = {
    one_org: `USING (${hasOrg ? `org = current_setting('app.org', true)` : 'false'})`,
    every_org: `TO ${ROLES.acrossOrgs} USING (true) WITH CHECK (true)`,
  };
  if (table !== 'audit_entries') return both;
  return {
    ...both,
    retention_reads: `FOR SELECT TO ${ROLES.retention} USING (true)`,
    retention_deletes: `FOR DELETE TO ${ROLES.retention} USING (at < now() - interval '${AUDIT_FLOOR_DAYS} days')`,
  };
}
