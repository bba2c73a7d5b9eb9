import type { Actor } from '@app/kernel';
import type { Act } from '../src/application/act';

/** An act that keeps what is recorded of it; one that is `refused` cannot be recorded. */
export class FakeAct implements Act {
  readonly by: Actor = { subject: 'u1', name: 'Ada', role: 'admin', address: '127.0.0.1' };
  readonly recorded: (string | null)[] = [];
  readonly begun: (string | null)[] = [];

  constructor(private readonly state: 'open' | 'refused' = 'open') {}

  async record(target: string | null = null): Promise<void> {
    this.require();
    this.recorded.push(target);
  }

  async begin(target: string | null = null): Promise<void> {
    this.require();
    this.begun.push(target);
  }

  private require(): void {
    if (this.state === 'refused') throw new Error('there is no room for an entry');
  }
}
