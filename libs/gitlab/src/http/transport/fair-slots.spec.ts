import { FairSlots } from './fair-slots';

/** Tasks that run until the spec ends them. */
function givenTasks(slots: number) {
  const fair = new FairSlots(slots);
  const running: { readonly org: string; readonly end: () => void }[] = [];
  const begun: string[] = [];
  const start = (org: string, signal?: AbortSignal) =>
    fair.run(org, signal, () => {
      begun.push(org);
      return new Promise<void>((end) => running.push({ org, end }));
    });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const endOne = async () => {
    running.shift()?.end();
    await turn();
  };
  return { start, begun, running, turn, endOne };
}

describe('Slots that orgs share', () => {
  it('have one free for another org, however many tasks of one org wait', async () => {
    const { start, begun, turn } = givenTasks(16);
    for (let task = 0; task < 300; task++) void start('acme');
    await turn();
    expect(begun).toHaveLength(4);
    void start('other');
    await turn();
    expect(begun.at(-1)).toBe('other');
  });

  it('have one free for a newcomer while several orgs hold all they can get', async () => {
    const { start, begun, turn } = givenTasks(16);
    for (let org = 0; org < 8; org++) for (let task = 0; task < 20; task++) void start(`org-${org}`);
    void start('newcomer');
    await turn();
    expect(begun.at(-1)).toBe('newcomer');
  });

  it('go to the orgs in turn, not to those who asked first', async () => {
    const { start, begun, turn, endOne } = givenTasks(1);
    for (const org of ['acme', 'acme', 'acme', 'other', 'third', 'other']) void start(org);
    await turn();
    for (let task = 0; task < 6; task++) await endOne();
    expect(begun).toEqual(['acme', 'acme', 'other', 'third', 'acme', 'other']);
  });

  it('go to the next task when one fails', async () => {
    const fair = new FairSlots(1);
    const failing = fair.run('acme', undefined, () => Promise.reject(new Error('no')));
    const next = fair.run('acme', undefined, async () => 'ran');
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('ran');
  });

  it('are given up by a task whose signal aborts, with its reason', async () => {
    const { start, begun, turn, endOne } = givenTasks(1);
    const controller = new AbortController();
    void start('acme');
    const second = start('acme', controller.signal);
    void start('acme');
    const reason = new Error('cancelled');
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    await endOne();
    await turn();
    expect(begun).toHaveLength(2);
  });
});
