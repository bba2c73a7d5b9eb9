import { InMemoryTables } from '@app/database/testing';
import { never, type Actor, type Stage } from './stage';

const DIED = Symbol('died while the transaction was open');

/** Tables whose transactions begin and end when the stage says so; a process may die before, in and after each. */
export class StagedTables extends InMemoryTables {
  constructor(private readonly stage: Stage) {
    super();
  }

  override run<T>(work: () => Promise<T> | T): Promise<T> {
    const { scene } = this.stage;
    if (!scene || scene.inTransaction) return super.run(work);
    return this.staged(scene.actor, work);
  }

  override afterCommit(effect: () => void): void {
    const actor = this.stage.scene?.actor;
    super.afterCommit(() => {
      if (actor?.state !== 'dead') effect();
    });
  }

  private async staged<T>(actor: Actor, work: () => Promise<T> | T): Promise<T> {
    const fate = await this.stage.point(actor, 'begin', 'a transaction');
    try {
      const result = await super.run(() =>
        this.stage.inTransaction(actor, async () => {
          const worked = await work();
          if (fate.kind === 'roll-back') throw DIED;
          if (fate.kind === 'commit-and-die') actor.state = 'dead';
          return worked;
        }),
      );
      await this.stage.point(actor, 'committed', 'a transaction');
      return result;
    } catch (error) {
      if (error !== DIED) throw error;
      actor.state = 'dead';
      return never();
    }
  }
}
