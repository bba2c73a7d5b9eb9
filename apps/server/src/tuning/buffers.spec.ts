import { setImmediate as breathe } from 'node:timers/promises';
import { bytesOfBuffers, collector, OldBuffers } from './buffers';

const MIB = 1024 * 1024;

/** Texts as a pull holds them: many small buffers. */
const texts = (bytes: number) => Array.from({ length: bytes / 8_192 }, () => Buffer.alloc(8_192));

describe('Buffers that are not used any more', () => {
  it('are freed once their memory has grown', async () => {
    const collect = collector();
    collect(); // what other specs of this process left
    const buffers = new OldBuffers(collect);
    buffers.check();
    const before = bytesOfBuffers();
    let held: Buffer[] | null = texts(64 * MIB);
    expect(bytesOfBuffers() - before).toBeGreaterThan(held.length * 4_096);
    held = null;
    buffers.check();
    while (bytesOfBuffers() - before > 16 * MIB) await breathe(); // V8 frees them in a thread of its own
  });

  it('wait for the next collection of V8 while there are few', () => {
    collector()();
    const collect = jest.fn();
    const buffers = new OldBuffers(collect);
    buffers.check();
    const held = texts(8 * MIB);
    buffers.check();
    expect(held.length).toBeGreaterThan(0);
    expect(collect).not.toHaveBeenCalled();
  });

  it('are not looked for again while those in use grow no further', () => {
    collector()();
    const collect = jest.fn();
    const buffers = new OldBuffers(collect);
    buffers.check();
    const held = texts(64 * MIB);
    buffers.check();
    buffers.check();
    expect(held.length).toBeGreaterThan(0);
    expect(collect).toHaveBeenCalledTimes(1);
  });
});
