/** Problems that every route of this module may answer. */
export const ACCESS_PROBLEMS = {
  401: ['unauthenticated'],
  403: ['forbidden_org', 'forbidden_role'],
} as const;
