export const REPORT_STATUSES = ['off', 'on', 'strict'] as const;

/**
 * Chooses whether a pull posts its result as a status of the commit. `strict` posts a failed one if files are kept out,
 * which fails the pipeline and may block merges.
 */
export type ReportStatus = (typeof REPORT_STATUSES)[number];
