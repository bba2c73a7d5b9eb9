import { escapeIdentifier } from 'pg';
import type { Facts, RoleFacts, TableFacts } from './facts';
import { policiesOf, rightsOf, ROLES, WITHOUT_POLICY, type RoleOf } from './roles';

/** SQL that brings row-level security into force; empty lists if it already is. */
export interface Commands {
  /** Commands about roles, for a user that may create roles. */
  readonly roles: readonly string[];
  /** Commands about tables, for their owner. */
  readonly tables: readonly string[];
}

const NAMES = Object.entries(ROLES) as [RoleOf, string][];

/** Returns the missing commands. `password` is a literal of SQL; null for a login that needs none. */
export function commandsFor({ schema, login, roles, tables }: Facts, password: string | null): Commands {
  const missing = roles.filter(({ granted }) => !granted).map(({ name }) => name);
  const blind = new Set(tables.filter(({ ownerSees }) => !ownerSees).map(({ owner }) => owner));
  const name = escapeIdentifier(login.name);
  return {
    roles: [
      ...roles.flatMap(boundRole),
      ...(login.exists
        ? []
        : [`CREATE ROLE ${name} LOGIN NOINHERIT${password ? ` PASSWORD ${password}` : ''}`]),
      ...(missing.length ? [`GRANT ${missing.join(', ')} TO ${name}`] : []),
      ...[...blind].map((owner) => `GRANT ${ROLES.acrossOrgs} TO ${escapeIdentifier(owner)}`),
      ...roles
        .filter(({ usesSchema }) => !usesSchema)
        .map((role) => `GRANT USAGE ON SCHEMA ${schema} TO ${role.name}`),
    ],
    tables: tables.flatMap((table) => lockedTable(schema, table)),
  };
}

function boundRole({ name, exists, unbound, memberOf }: RoleFacts): string[] {
  if (!exists) return [`CREATE ROLE ${name} NOLOGIN`];
  if (unbound) return [`ALTER ROLE ${name} NOSUPERUSER NOBYPASSRLS`];
  return memberOf.map((other) => `REVOKE ${escapeIdentifier(other)} FROM ${name}`);
}

function lockedTable(schema: string, table: TableFacts): string[] {
  const rights = NAMES.flatMap(([role, roleName]) => rightsOn(schema, table, role, roleName));
  return table.name === WITHOUT_POLICY ? rights : [...boundTable(schema, table), ...rights];
}

function boundTable(schema: string, { name, enabled, forced, hasOrg, policies }: TableFacts): string[] {
  const table = `${schema}.${name}`;
  return [
    ...(enabled ? [] : [`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`]),
    ...Object.entries(policiesOf(name, hasOrg))
      .filter(([policy]) => !policies.includes(policy))
      .map(([policy, rule]) => `CREATE POLICY ${policy} ON ${table} ${rule}`),
    ...(forced ? [] : [`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`]),
  ];
}

function rightsOn(
  schema: string,
  { name, rights, sequences }: TableFacts,
  role: RoleOf,
  roleName: string,
): string[] {
  const table = `${schema}.${name}`;
  const wanted = rightsOf(role, name);
  const has = rights.flatMap((right) => (right.startsWith(`${roleName} `) ? [right.split(' ')[1]] : []));
  const lacking = wanted.filter((right) => !has.includes(right));
  const excess = has.filter((right) => !wanted.some((allowed) => allowed === right));
  const counters = wanted.includes('INSERT')
    ? sequences.filter(({ users }) => !users.includes(roleName))
    : [];
  return [
    ...(lacking.length ? [`GRANT ${lacking.join(', ')} ON ${table} TO ${roleName}`] : []),
    ...(excess.length ? [`REVOKE ${excess.join(', ')} ON ${table} FROM ${roleName}`] : []),
    ...counters.map((sequence) => `GRANT USAGE ON SEQUENCE ${schema}.${sequence.name} TO ${roleName}`),
  ];
}
