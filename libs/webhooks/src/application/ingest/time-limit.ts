import { DatabaseUnavailable } from '@app/kernel';

/**
 * Time limit for the database work of one batch. GitLab gives up after ten seconds and counts a failure; a delivery may
 * wait for four batches.
 */
const MILLISECONDS = 2_000;

/** Returns the options of `pTimeout`. The query may continue after the timeout. */
export function timeLimit() {
  return {
    milliseconds: MILLISECONDS,
    message: new DatabaseUnavailable(`no answer within ${MILLISECONDS} ms`),
  };
}
