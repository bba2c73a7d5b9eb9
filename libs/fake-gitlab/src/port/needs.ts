import { READ_SCOPES, WRITE_SCOPES } from '../instance/access';

export function reads(permission: string, scopes: readonly string[] = READ_SCOPES) {
  return { scopes, permission };
}

export function writes(permission: string) {
  return { scopes: WRITE_SCOPES, permission };
}
