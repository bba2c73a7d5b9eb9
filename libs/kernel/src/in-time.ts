import { DatabaseUnavailable } from './database-unavailable';

/** What is asked of the database. It may go on after it was given up. @throws DatabaseUnavailable where no answer comes within `ms` */
export function inTime<T>(asked: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DatabaseUnavailable(`no answer within ${ms} ms`)), ms);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
