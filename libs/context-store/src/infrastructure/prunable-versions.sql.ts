/** Newest versions of each path that are kept, however old. */
export const VERSIONS_KEPT = 10;

export interface OldVersion {
  readonly id: string;
  readonly path: string;
  readonly revision: string;
  readonly position: number;
  /** The revision that replaced the version. */
  readonly successor: string;
  /** Git has it, and it is old, settled and not among the newest. */
  readonly goes: boolean;
  /** The next page starts after this version. */
  readonly last: boolean;
}

/**
 * Selects `$5` of the org's versions, path by path, after (`$2`, `$3`, `$4`). The last ten only show that earlier
 * ones are not among the newest. `$6`: only versions older than this; `$7`: only up to this revision. Git has a text
 * if it came from Git. Git also has the last text of a path in a change whose commit holds that path. If the left-out
 * paths were not recorded, the change must have a single path. The subqueries are scalar, because PostgreSQL might
 * answer others by reading all rows of the org.
 */
export const OLD_VERSIONS = `
  SELECT id, path, revision, position, successor, goes, last FROM (
    SELECT page.*,
           total = $5 AND place = $5 - ${VERSIONS_KEPT} AS last,
           outranked AND at < $6 AND revision <= $7 AND (op = 'delete' OR (
             SELECT c.origin = 'gitlab' OR (c.commit IS NOT NULL AND page.successor > page.revision AND coalesce(
                      page.path <> ALL (c.left_out),
                      (SELECT 1 FROM context_versions other
                        WHERE other.org = $1 AND other.revision = page.revision AND other.op <> 'keep' AND other.path <> page.path
                        LIMIT 1) IS NULL))
               FROM context_changes c WHERE c.org = $1 AND c.revision = page.revision)) AS goes
      FROM (
        SELECT *, count(*) OVER () AS total, row_number() OVER (ORDER BY path, revision, position) AS place,
               lead(revision) OVER of_path AS successor, lead(id, ${VERSIONS_KEPT}) OVER of_path IS NOT NULL AS outranked
          FROM (SELECT id, path, op, revision, position, at FROM context_versions
                 WHERE org = $1 AND op <> 'keep' AND (path, revision, position) > ($2, $3::bigint, $4::int)
                 ORDER BY path, revision, position LIMIT $5) next
        WINDOW of_path AS (PARTITION BY path ORDER BY revision, position)) page OFFSET 0) judged
   WHERE goes OR last`;

/**
 * Repeats the expression of the index `context_versions_of_text`: under the policy of row-level security PostgreSQL
 * would not use it.
 */
export const TEXTS_IN_USE = `
  SELECT asked.blob FROM unnest($2::text[]) AS asked (blob), LATERAL (
    SELECT FROM context_versions
     WHERE org = $1 AND blob = asked.blob AND hashtextextended(org || blob, 0) = hashtextextended($1::text || asked.blob, 0)
     LIMIT 1) version`;
