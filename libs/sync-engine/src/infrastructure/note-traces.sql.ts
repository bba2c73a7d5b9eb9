import { MOST_TRACES } from '../domain/run';

/** Adds traces to waiting runs. `$1` lists them as objects, each with the org, the run and the trace. */
export const NOTE_TRACES = `
  WITH asked AS (
    SELECT * FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (org text, run uuid, trace text))
      WITH ORDINALITY AS asked (org, id, trace, place)
  ), waiting AS (
    SELECT run.org, run.id FROM sync_runs run
     WHERE (run.org, run.id) IN (SELECT org, id FROM asked)
       AND run.status = 'queued' AND cardinality(run.traces) < ${MOST_TRACES}
     ORDER BY run.org, run.id FOR UPDATE
  )
  UPDATE sync_runs run SET traces = (run.traces || more.traces)[1:${MOST_TRACES}]
    FROM (SELECT org, id, array_agg(trace ORDER BY place) AS traces FROM asked JOIN waiting USING (org, id)
           GROUP BY org, id) more
   WHERE run.org = more.org AND run.id = more.id`;
