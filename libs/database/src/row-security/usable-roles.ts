import { ROLES } from './roles';

/**
 * Selects the roles that the login may take and that have rights in the schema `$1`. Since PostgreSQL 16 a member may lack the right to
 * `SET ROLE`. The table comes from the catalog, because PostgreSQL hides a name from users without access to
 * its schema.
 */
export const USABLE_ROLES = `
  SELECT rolname FROM pg_roles r
   WHERE rolname IN ('${ROLES.org}', '${ROLES.acrossOrgs}', '${ROLES.retention}')
     AND pg_has_role(session_user, r.oid, CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)
     AND EXISTS (SELECT FROM pg_class t WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
                    AND relname = CASE rolname WHEN '${ROLES.retention}' THEN 'audit_entries' ELSE 'sync_states' END
                    AND has_table_privilege(r.oid, t.oid, 'SELECT'))`;
