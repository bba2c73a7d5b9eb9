export {
  AccessGuard,
  AdminOnly,
  AllowedTo,
  ForbiddenOrg,
  ForbiddenRole,
  Members,
  MembersAndOperators,
  Unauthenticated,
} from './access';
export { AuditLog } from './audit-log.port';
export type { AuditEntry } from './audit-log.port';
export { AuditTrail } from './audit-trail';
export { Audited } from './audited';
export { CurrentCaller } from './caller';
export type { AuthenticatedRequest, Caller, Role } from './caller';
export { EventStreams, STREAM_LIMITS, TooManyStreams } from './event-streams';
export type { StreamLimits } from './event-streams';
export { CharsetUnsupported, jsonBody, JsonInvalid } from './json-body';
export type { JsonBodyLimits } from './json-body';
export { OrgParam } from './org-param';
export { PageQuery } from './page-query';
export { ApiProblems, Problem, ProblemFilter } from './problem';
export type { ParseLimit } from './parse-json';
export { ValidationFailed, validationPipe } from './validation';
