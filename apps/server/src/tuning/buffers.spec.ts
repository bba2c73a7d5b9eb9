import { OldBuffers } from './buffers';

const MIB = 1024 * 1024;

describe('Buffers that are not used any more', () => {
  it.each<[string, number[], number]>([
    ['are freed once their memory has grown by 16 MiB', [40, 50, 56], 1],
    ['wait for the next collection of V8 while there are few', [40, 50, 55], 0],
    ['are counted from the least that was held', [40, 20, 36], 1],
    ['are not looked for again while those in use grow no further', [40, 104, 104, 110], 1],
    ['are looked for again once those in use have grown as much again', [40, 104, 120], 2],
  ])('%s', (_, sizes, times) => {
    let held = 0;
    const collect = jest.fn();
    const buffers = new OldBuffers(collect, () => held * MIB);
    for (const size of sizes) {
      held = size;
      buffers.check();
    }
    expect(collect).toHaveBeenCalledTimes(times);
  });

  it('are collected by V8 itself', () => {
    let held = 0;
    const buffers = new OldBuffers(undefined, () => held);
    buffers.check();
    held = 16 * MIB;
    const collected = new WeakRef({});
    return new Promise<void>((done) =>
      setImmediate(() => {
        buffers.check();
        expect(collected.deref()).toBeUndefined();
        done();
      }),
    );
  });
});
