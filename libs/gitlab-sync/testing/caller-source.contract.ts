import type { IncomingMessage } from 'node:http';
import { ROLES, type CallerSource } from '@app/kernel';
import { globalRunner, type ContractRunner } from '@app/kernel/testing';

export interface CallerSourceSubject {
  readonly callers: CallerSource;
  /** A request that the host's authentication has accepted. */
  readonly known: IncomingMessage;
  /** A request without credentials. */
  readonly unknown: IncomingMessage;
}

/** Describes what every caller source must do. */
export function callerSourceContract(
  makeCallers: () => CallerSourceSubject | Promise<CallerSourceSubject>,
  runner: ContractRunner = globalRunner(),
): void {
  const { describe, it, expect } = runner;

  describe('caller source contract', () => {
    it('does not know a caller without credentials', async () => {
      const { callers, unknown } = await makeCallers();
      expect(await callers.callerOf(unknown)).toBeNull();
    });

    it('names a known caller, with a role and with the org that belongs to it', async () => {
      const { callers, known } = await makeCallers();
      const caller = (await callers.callerOf(known))!;
      expect(caller.subject).toMatch(/\S/);
      expect(ROLES.includes(caller.role)).toBe(true);
      expect(caller.org === null).toBe(caller.role === 'operator');
    });

    it('gives a known caller a name and an address for commits', async () => {
      const { callers, known } = await makeCallers();
      const { author, address } = (await callers.callerOf(known))!;
      expect(author.name).toMatch(/^[^<>\n]+$/);
      expect(author.email).toMatch(/^[^<>\s]+@[^<>\s]+$/);
      expect(address).toMatch(/\S/);
    });
  });
}
