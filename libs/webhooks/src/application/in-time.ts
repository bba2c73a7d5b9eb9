import { DatabaseUnavailable } from '@app/kernel';

/** GitLab gives up after ten seconds and counts that as a failure; a delivery may wait for four batches. */
const PATIENCE_MS = 2_000;

/** What `work` comes to. It may go on after it was given up. @throws DatabaseUnavailable where GitLab would not wait for it */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new DatabaseUnavailable(`no answer within ${PATIENCE_MS} ms`));
    const timer = setTimeout(late, PATIENCE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
