/** What every route here may answer. */
export const ACCESS_PROBLEMS = {
  401: ['unauthenticated'],
  403: ['forbidden_org', 'forbidden_role'],
} as const;
