export { GitLabSyncHttpModule } from './gitlab-sync-http.module';
export {
  AccessGuard,
  Action,
  AdminOnly,
  AllowedTo,
  CurrentActor,
  CurrentCaller,
  EventStreams,
  EXAMPLE,
  ForbiddenOrg,
  ForbiddenRole,
  LONGEST_CLAIM,
  Members,
  MembersAndOperators,
  PROBLEM_EXAMPLES,
  Problem,
  ProblemFilter,
  problemResponse,
  Unauthenticated,
  ValidationFailed,
  validationPipe,
} from '@app/http';
export type { ProblemCode, Problems } from '@app/http';
