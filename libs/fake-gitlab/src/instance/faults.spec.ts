import type { Call } from './calls';
import { Faults } from './faults';
import type { Fault } from './faults';

const RESET: Fault = { kind: 'reset' };
const LATE: Fault = { kind: 'answer-lost' };

describe('faults', () => {
  const read: Call = { operation: 'tree', route: 'GET /tree', method: 'GET', projectId: 1 };
  const commit: Call = { operation: 'commit', route: 'POST /commits', method: 'POST', projectId: 1 };

  function strikes(faults: Faults, call: Call, calls: number): (string | undefined)[] {
    return Array.from({ length: calls }, () => faults.take(call)?.kind);
  }

  it('strike once by default', () => {
    const faults = new Faults();
    faults.add({ fault: RESET });
    expect(strikes(faults, read, 2)).toEqual(['reset', undefined]);
    faults.add({ fault: RESET, times: 2 });
    expect(strikes(faults, read, 3)).toEqual(['reset', 'reset', undefined]);
  });

  it('let the calls through that they are to skip', () => {
    const faults = new Faults();
    faults.add({ fault: RESET, skip: 2 });
    expect(strikes(faults, read, 4)).toEqual([undefined, undefined, 'reset', undefined]);
  });

  it.each(['commit', 'POST /commits', ['other', 'commit']])('apply only to the chosen calls: %j', (on) => {
    const faults = new Faults();
    faults.add({ fault: RESET, on });
    expect(strikes(faults, read, 1)).toEqual([undefined]);
    expect(strikes(faults, commit, 1)).toEqual(['reset']);
  });

  it('come one at a time, in the order they were asked for', () => {
    const faults = new Faults();
    faults.add({ fault: LATE });
    faults.add({ fault: RESET });
    expect(faults.pending).toBe(2);
    expect(strikes(faults, commit, 3)).toEqual(['answer-lost', 'reset', undefined]);
  });

  it('can be taken back', () => {
    const faults = new Faults();
    const takeBack = faults.add({ fault: RESET, times: 9 });
    takeBack();
    faults.add({ fault: RESET });
    faults.clear();
    expect(strikes(faults, read, 2)).toEqual([undefined, undefined]);
  });

  it.each([
    ['maintenance', 'writes'],
    ['lost-race', 'commits'],
  ] as const)('of the kind %s apply only to %s', (kind, _calls) => {
    const faults = new Faults();
    faults.add({ fault: { kind } });
    expect(strikes(faults, read, 1)).toEqual([undefined]);
    expect(strikes(faults, commit, 1)).toEqual([kind]);
  });
});
