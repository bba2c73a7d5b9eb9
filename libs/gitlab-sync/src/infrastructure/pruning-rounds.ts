import { Injectable } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';

@Entity('pruning_rounds')
export class PruningRoundRow {
  @PrimaryColumn('text')
  name: string;
  /** The org that the round has reached; null at its beginning. */
  @Column('text', { nullable: true })
  after: OrgId | null;
  /** The position in that org; null if the org is done. */
  @Column('text', { nullable: true })
  within: string | null;
  @Column('timestamptz')
  due: Date;
}

export type Progress = Pick<PruningRoundRow, 'after' | 'within'>;

/** Stores each pruner's progress through the orgs, and the time of its next round. */
@Injectable()
export class PruningRounds {
  constructor(private readonly db: Database) {}

  /**
   * Returns the progress of a pruner to one process only; null if no round is due. The first round starts when the
   * second is due.
   */
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
    await this.db.acrossOrgs.orm((manager) => manager.update(PruningRoundRow, { name }, progress));
  }
}
