import { DatabaseUnavailable } from './database-unavailable';

/**
 * Limits the time to wait for the database. The query may continue after the timeout.
 * @throws DatabaseUnavailable if no answer arrives within `ms`
 */
export function inTime<T>(asked: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DatabaseUnavailable(`no answer within ${ms} ms`)), ms);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
