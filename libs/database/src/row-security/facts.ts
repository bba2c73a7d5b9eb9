import type { ClientBase } from 'pg';
import { ROLES } from './roles';

/** Facts from PostgreSQL's catalog about the roles and tables of the service. */
export interface Facts {
  readonly schema: string;
  readonly login: LoginFacts;
  readonly roles: readonly RoleFacts[];
  readonly tables: readonly TableFacts[];
}

interface LoginFacts {
  readonly name: string;
  readonly exists: boolean;
  readonly superuser: boolean;
}

export interface RoleFacts {
  readonly name: string;
  readonly exists: boolean;
  /** True if no policy binds it: a superuser, or a role with BYPASSRLS. */
  readonly unbound: boolean;
  /** True if the login may `SET ROLE` to it. */
  readonly granted: boolean;
  readonly usesSchema: boolean;
  /** Roles whose rights it must not have: the service's other roles, and owners of its tables. */
  readonly memberOf: readonly string[];
}

export interface TableFacts {
  readonly name: string;
  readonly owner: string;
  /** True if the owner still sees all rows once policies bind it. */
  readonly ownerSees: boolean;
  /** True if each row belongs to an org. */
  readonly hasOrg: boolean;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly policies: readonly string[];
  /** `<role> <right>` */
  readonly rights: readonly string[];
  readonly sequences: readonly { readonly name: string; readonly users: readonly string[] }[];
}

const NAMES = Object.values(ROLES);

/** Since PostgreSQL 16 a member may lack the right to `SET ROLE`. */
const ROLE_FACTS = `
  SELECT wanted.name, r.oid IS NOT NULL AS "exists", coalesce(r.rolsuper OR r.rolbypassrls, false) AS unbound,
         coalesce(pg_has_role(login.oid, r.oid, CASE WHEN current_setting('server_version_num')::int < 160000
                                                     THEN 'MEMBER' ELSE 'SET' END), false) AS granted,
         coalesce(has_schema_privilege(r.oid, (SELECT oid FROM pg_namespace WHERE nspname = $3), 'USAGE'), false) AS "usesSchema",
         ARRAY(SELECT other.rolname::text FROM pg_roles other
                WHERE other.oid <> r.oid AND pg_has_role(r.oid, other.oid, 'MEMBER')
                  AND (other.rolname = ANY($1) OR other.oid IN (SELECT relowner FROM pg_class WHERE relkind = 'r'
                        AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $3)))) AS "memberOf"
    FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, position)
    LEFT JOIN pg_roles r ON r.rolname = wanted.name
    LEFT JOIN pg_roles login ON login.rolname = $2
   ORDER BY position`;

/** Selects all tables of the schema: it is the service's own. */
const TABLE_FACTS = `
  SELECT t.relname AS name, owner.rolname AS owner, t.relrowsecurity AS enabled, t.relforcerowsecurity AS forced,
         owner.rolsuper OR owner.rolbypassrls
           OR coalesce((SELECT pg_has_role(owner.oid, oid, 'USAGE') FROM pg_roles WHERE rolname = $2), false) AS "ownerSees",
         EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'org' AND NOT attisdropped) AS "hasOrg",
         ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = t.oid) AS policies,
         ARRAY(SELECT r.rolname || ' ' || acl.privilege_type FROM aclexplode(t.relacl) acl JOIN pg_roles r ON r.oid = acl.grantee
                WHERE r.rolname = ANY($1)) AS rights,
         (SELECT coalesce(json_agg(json_build_object('name', s.relname, 'users', ARRAY(
                   SELECT r.rolname::text FROM pg_roles r WHERE r.rolname = ANY($1) AND has_sequence_privilege(r.oid, s.oid, 'USAGE')))), '[]')
            FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
           WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.deptype IN ('a', 'i')) AS sequences
    FROM pg_class t JOIN pg_roles owner ON owner.oid = t.relowner
   WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $3) AND t.relkind = 'r'
   ORDER BY t.relname`;

const LOGIN_FACTS = `
  SELECT $1 AS name, r.oid IS NOT NULL AS "exists", coalesce(r.rolsuper, false) AS superuser
    FROM (SELECT) AS one LEFT JOIN pg_roles r ON r.rolname = $1`;

/** Reads the facts for the service that logs in as `login`; any role may read them. */
export async function readFacts(client: ClientBase, login: string, schema: string): Promise<Facts> {
  const ask = async <T>(sql: string, values: unknown[]) => (await client.query(sql, values)).rows as T[];
  const [facts] = await ask<LoginFacts>(LOGIN_FACTS, [login]);
  return {
    schema,
    login: facts,
    roles: await ask<RoleFacts>(ROLE_FACTS, [NAMES, login, schema]),
    tables: await ask<TableFacts>(TABLE_FACTS, [NAMES, ROLES.acrossOrgs, schema]),
  };
}
