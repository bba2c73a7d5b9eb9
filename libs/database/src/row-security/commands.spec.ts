import { commandsFor } from './commands';
import type { Facts, RoleFacts, TableFacts } from './facts';
import { ROLES } from './roles';

const role = (name: string, more: Partial<RoleFacts> = {}): RoleFacts => ({
  ...{ name, exists: true, unbound: false, granted: true, usesSchema: true, memberOf: [] },
  ...more,
});
const table = (more: Partial<TableFacts> = {}): TableFacts => ({
  ...{
    name: 'sync_runs',
    owner: 'dot',
    ownerSees: true,
    hasOrg: true,
    enabled: true,
    forced: true,
    policies: ['one_org', 'every_org'],
  },
  rights: [
    ...['SELECT', 'INSERT', 'UPDATE', 'DELETE'].map((right) => `${ROLES.org} ${right}`),
    ...['SELECT', 'INSERT', 'UPDATE'].map((right) => `${ROLES.acrossOrgs} ${right}`),
  ],
  sequences: [{ name: 'sync_runs_seq_seq', users: [ROLES.org, ROLES.acrossOrgs] }],
  ...more,
});
const facts = (more: Partial<Facts> = {}): Facts => ({
  schema: 'own',
  login: { name: 'service', exists: true, superuser: false },
  roles: Object.values(ROLES).map((name) => role(name)),
  tables: [table()],
  ...more,
});
const but = (changed: Partial<RoleFacts>) =>
  Object.values(ROLES).map((name) => role(name, name === ROLES.org ? changed : {}));
const commands = (more: Partial<Facts>) => Object.values(commandsFor(facts(more), `'secret'`)).flat();

describe('the commands that bring row-level security into force', () => {
  it('are none if it is already in force', () => {
    expect(commands({})).toEqual([]);
  });

  it('make the roles, and the login without rights of its own', () => {
    const absent = { exists: false, granted: false, usesSchema: true };
    const nothing = Object.values(ROLES).map((name) => role(name, absent));
    const login = { name: 'a "b"', exists: false, superuser: false };
    expect(commands({ roles: nothing, login })).toEqual([
      'CREATE ROLE dot_gitlab_sync NOLOGIN',
      'CREATE ROLE dot_gitlab_sync_all NOLOGIN',
      'CREATE ROLE dot_gitlab_sync_retention NOLOGIN',
      `CREATE ROLE "a ""b""" LOGIN NOINHERIT PASSWORD 'secret'`,
      'GRANT dot_gitlab_sync, dot_gitlab_sync_all, dot_gitlab_sync_retention TO "a ""b"""',
    ]);
  });

  it.each<[string, Partial<RoleFacts>, string]>([
    ['is not granted', { granted: false }, 'GRANT dot_gitlab_sync TO "service"'],
    ['is not bound', { unbound: true }, 'ALTER ROLE dot_gitlab_sync NOSUPERUSER NOBYPASSRLS'],
    ['has the rights of an owner', { memberOf: ['dot'] }, 'REVOKE "dot" FROM dot_gitlab_sync'],
    [
      'has the rights of another',
      { memberOf: [ROLES.acrossOrgs] },
      'REVOKE "dot_gitlab_sync_all" FROM dot_gitlab_sync',
    ],
    ['may not use the schema', { usesSchema: false }, 'GRANT USAGE ON SCHEMA own TO dot_gitlab_sync'],
  ])('mend a role that %s', (_, change, command) => {
    expect(commands({ roles: but(change) })).toEqual([command]);
  });

  it.each<[string, Partial<TableFacts>, string]>([
    ['is open', { enabled: false }, 'ALTER TABLE own.sync_runs ENABLE ROW LEVEL SECURITY'],
    ['does not bind its owner', { forced: false }, 'ALTER TABLE own.sync_runs FORCE ROW LEVEL SECURITY'],
    ['hides its rows from its owner', { ownerSees: false }, 'GRANT dot_gitlab_sync_all TO "dot"'],
    [
      'is closed to sweeps',
      { policies: ['one_org'] },
      'CREATE POLICY every_org ON own.sync_runs TO dot_gitlab_sync_all USING (true) WITH CHECK (true)',
    ],
    [
      'gives too much',
      { rights: [...table().rights, 'dot_gitlab_sync_all DELETE'] },
      'REVOKE DELETE ON own.sync_runs FROM dot_gitlab_sync_all',
    ],
    [
      'gives too little',
      { rights: table().rights.slice(1) },
      'GRANT SELECT ON own.sync_runs TO dot_gitlab_sync',
    ],
    [
      'does not count',
      { sequences: [{ name: 'sync_runs_seq_seq', users: [ROLES.org] }] },
      'GRANT USAGE ON SEQUENCE own.sync_runs_seq_seq TO dot_gitlab_sync_all',
    ],
  ])('mend a table that %s', (_, change, command) => {
    expect(commands({ tables: [table(change)] })).toEqual([command]);
  });

  it('lock a new table for one org, and close it to the others', () => {
    expect(
      commands({ tables: [table({ name: 'new', rights: [], policies: ['one_org'], sequences: [] })] }),
    ).toEqual([
      'CREATE POLICY every_org ON own.new TO dot_gitlab_sync_all USING (true) WITH CHECK (true)',
      'GRANT SELECT, INSERT, UPDATE, DELETE ON own.new TO dot_gitlab_sync',
    ]);
  });
});
