import { Injectable } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { PruningRounds, type Progress } from '../application/pruning-rounds.port';

@Entity('pruning_rounds')
export class PruningRoundRow {
  @PrimaryColumn('text')
  name: string;
  @Column('text', { nullable: true })
  after: OrgId | null;
  @Column('text', { nullable: true })
  within: string | null;
  @Column('timestamptz')
  due: Date;
}

@Injectable()
export class TypeOrmPruningRounds extends PruningRounds {
  constructor(private readonly db: Database) {
    super();
  }

  async claim(pruner: string, now: Date, next: Date): Promise<Progress | null> {
    const manager = this.db.acrossOrgs;
    await manager.query(`INSERT INTO pruning_rounds (name, due) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      pruner,
      next,
    ]);
    const [rows] = await manager.query<[Progress[], number]>(
      `UPDATE pruning_rounds SET due = $3 WHERE name = $1 AND due <= $2 RETURNING after, within`,
      [pruner, now, next],
    );
    return rows[0] ?? null;
  }

  async saveProgress(name: string, progress: Progress): Promise<void> {
    await this.db.acrossOrgs.orm((manager) => manager.update(PruningRoundRow, { name }, progress));
  }
}
