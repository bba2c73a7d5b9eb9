import { Piscina } from 'piscina';
import { FileInspector, type Outcome, type Text } from '../application/file-inspector.port';
import { type InspectionLimits } from '../application/inspection-limits';
import type * as worker from './inspector-worker';
import { Watchdog } from './watchdog';
import { workerStart } from './worker-start';

const HANDLER: keyof typeof worker = 'inspectTexts';
/** Memory besides the heap that the limit applies to. */
const YOUNG_MB = 16;
/** Idle workers end after this time, to free their memory. Not soon: each start delays the next pull. */
const IDLE_MS = 600_000;

/** Takes one line for each fault of a worker; a Nest logger fits. */
export interface InspectionLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Inspects in worker threads. Kills a worker that exceeds the limits and starts another in its place. */
export class PooledInspector extends FileInspector {
  private pool: Piscina<worker.Task, ReturnType<typeof worker.inspectTexts>> | undefined;

  constructor(
    private readonly limits: InspectionLimits,
    private readonly log: InspectionLog = console,
  ) {
    super();
  }

  async inspect(texts: readonly Text[]): Promise<readonly Outcome[]> {
    this.pool ??= this.open();
    const { amongOthersMs, singleMs } = this.limits;
    const watchdog = new Watchdog(texts.length > 1 ? amongOthersMs : singleMs);
    const bytes = joined(texts);
    const task: worker.Task = {
      texts: texts.map(({ kind, bytes: { byteLength: size } }) => ({ kind, size })),
      bytes,
      progress: watchdog.progress,
    };
    try {
      const options = { signal: watchdog.signal, transferList: [bytes.buffer] };
      const outcomes = await this.pool.run(task, options);
      return outcomes.map((outcome) => (isFailed(outcome) ? this.failed(outcome) : outcome));
    } catch (error) {
      const culprit = watchdog.position;
      const killed = watchdog.signal.aborted || isOutOfMemory(error);
      if (!killed || culprit === null) throw error;
      return texts.map((_, index) => (index === culprit ? 'exceeded' : 'skipped'));
    } finally {
      watchdog.stop();
    }
  }

  /** Ends the workers. Nest calls it by its name when the process stops. */
  async onApplicationShutdown(): Promise<void> {
    await this.pool?.destroy();
    this.pool = undefined;
  }

  private open(): Piscina<worker.Task, ReturnType<typeof worker.inspectTexts>> {
    const pool = new Piscina({
      ...workerStart(),
      name: HANDLER,
      minThreads: 0,
      maxThreads: this.limits.threads,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    pool.on('error', (error) => this.log.error({ err: error }, 'worker failed'));
    return pool;
  }

  private failed({ failed }: worker.Failed): Outcome {
    this.log.warn({ error: failed }, 'text inspection failed; text treated as too complex');
    return 'exceeded';
  }
}

/** Copies the texts once, into memory that can be handed over. */
function joined(texts: readonly Text[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.bytes.byteLength, 0));
  let at = 0;
  for (const text of texts) {
    bytes.set(text.bytes, at);
    at += text.bytes.byteLength;
  }
  return bytes;
}

const isFailed = (outcome: unknown): outcome is worker.Failed =>
  typeof outcome === 'object' && outcome !== null && 'failed' in outcome;

const isOutOfMemory = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
