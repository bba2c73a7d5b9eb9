/**
 * Chooses whether a pull posts its result as a status of the commit. `strict` posts a failed one if files are kept out,
 * which fails the pipeline and may block merges.
 */
export type ReportStatus = 'off' | 'on' | 'strict';

export const REPORT_STATUSES: readonly ReportStatus[] = ['off', 'on', 'strict'];
