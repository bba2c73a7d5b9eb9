export { problemWithContent } from './rules/content-check';
export type { ContentProblem, ContentReason } from './rules/content-check';
export { isFindingReason, scanText } from './rules/secret-scanner';
export type { Finding } from './rules/secret-scanner';
