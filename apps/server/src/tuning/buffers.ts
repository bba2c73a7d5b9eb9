import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const GROWTH_BYTES = 16 * 1024 * 1024;
const EVERY_MS = 500;

/**
 * Collects garbage when the memory of buffers has grown by 16 MiB. A first pull holds its texts until they are committed.
 * By then they are old, and V8 frees old buffers only when it marks all objects: after 64 MB of new ones.
 */
export class OldBuffers {
  private least = Infinity;

  constructor(
    private readonly collect = collector(),
    private readonly bytes = () => process.memoryUsage().arrayBuffers,
  ) {}

  /** Runs at the pace of `setInterval`, and keeps no process alive. */
  watch(): void {
    setInterval(() => this.check(), EVERY_MS).unref();
  }

  check(): void {
    const now = this.bytes();
    this.least = Math.min(this.least, now);
    if (now - this.least < GROWTH_BYTES) return;
    this.collect();
    this.least = this.bytes();
  }
}

/** V8 offers its collector to code that is compiled while this flag is set. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
}
