import { DatabaseUnavailable } from '@app/kernel';

/** GitLab gives up after ten seconds and counts that as a failure; a delivery may wait for two batches. */
const PATIENCE_MS = 4_000;

/** What `work` comes to. @throws DatabaseUnavailable where it takes so long that GitLab would not wait for it */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new DatabaseUnavailable(`no answer within ${PATIENCE_MS} ms`));
    const timer = setTimeout(late, PATIENCE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
