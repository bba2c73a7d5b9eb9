const EARLIEST = new Date('0001-01-01T00:00:00Z');
const LATEST = new Date('9999-12-31T23:59:59Z');

/**
 * Returns the nearest time that PostgreSQL stores and JSON shows; undefined if the input is not a time. Git accepts
 * any commit date, even the year 292277026596.
 */
export function storableDate(given: string | Date): Date | undefined {
  if (typeof given === 'string' && /^\+?\d{5,}-/.test(given)) return LATEST;
  if (typeof given === 'string' && /^-\d+-/.test(given)) return EARLIEST;
  const time = new Date(given).getTime();
  if (Number.isNaN(time)) return undefined;
  return new Date(Math.min(Math.max(time, EARLIEST.getTime()), LATEST.getTime()));
}
