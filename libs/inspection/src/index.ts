export { problemWithContent } from './rules/content-check';
export type { ContentProblem, ContentReason } from './rules/content-check';
export { withoutCredentials } from './rules/credentials';
export { problemWithLine } from './rules/line-check';
export { isFindingReason, scanText } from './rules/secret-scanner';
export type { Finding } from './rules/secret-scanner';
