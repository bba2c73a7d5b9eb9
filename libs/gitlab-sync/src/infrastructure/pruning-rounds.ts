import { Injectable } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';

@Entity('pruning_rounds')
export class PruningRoundRow {
  @PrimaryColumn('text')
  name: string;
  /** The org the round has come to; null at its beginning. */
  @Column('text', { nullable: true })
  after: OrgId | null;
  /** Where in that org; null where it is done. */
  @Column('text', { nullable: true })
  within: string | null;
  @Column('timestamptz')
  due: Date;
}

export type Progress = Pick<PruningRoundRow, 'after' | 'within'>;

/** How far each pruner has come with its round through the orgs, and when it goes on. */
@Injectable()
export class PruningRounds {
  constructor(private readonly db: Database) {}

  /** Where to go on, for one process alone; null where it is not time. The first round begins when the second was due. */
  async claim(name: string, now: Date, next: Date): Promise<Progress | null> {
    const manager = this.db.acrossOrgs;
    await manager.query(`INSERT INTO pruning_rounds (name, due) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      name,
      next,
    ]);
    const [rows] = await manager.query<[Progress[], number]>(
      `UPDATE pruning_rounds SET due = $3 WHERE name = $1 AND due <= $2 RETURNING after, within`,
      [name, now, next],
    );
    return rows[0] ?? null;
  }

  async cameTo(name: string, progress: Progress): Promise<void> {
    await this.db.acrossOrgs.update(PruningRoundRow, { name }, progress);
  }
}
