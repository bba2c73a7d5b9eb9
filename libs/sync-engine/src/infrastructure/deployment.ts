import { Entity, PrimaryColumn } from 'typeorm';
import { GITLAB_SYNC, type Database } from '@app/database';

/** The one row that names a deployment: all processes on one database. */
@Entity('deployment')
export class DeploymentRow {
  @PrimaryColumn('text')
  id: string;
}

/** Returns the prefix of the queue. Deployments may share a Redis; only those of one database wake each other. */
export async function queuePrefix(db: Database): Promise<string> {
  const [{ id }] = await db.acrossOrgs.query<[{ id: string }]>(
    'SELECT md5(id || current_database()) AS id FROM deployment',
  );
  return `${GITLAB_SYNC}:${id}`;
}
