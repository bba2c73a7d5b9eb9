import { Entity, PrimaryColumn } from 'typeorm';
import type { Database } from '@app/database';

/** The one row that names a deployment: all processes on one database. */
@Entity('deployment')
export class DeploymentRow {
  @PrimaryColumn('text')
  id: string;
}

/** Deployments may share a Redis: those of one database ring each other, and nobody else. */
export async function queuePrefix(db: Database): Promise<string> {
  const [{ id }] = await db.acrossOrgs.query<[{ id: string }]>(
    'SELECT md5(id || current_database()) AS id FROM deployment',
  );
  return `bull:${id}`;
}
