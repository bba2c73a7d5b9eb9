import { EventBus, type Clock, type DomainEvent, type OrgId } from '@app/kernel';
import { WakeQueue, type NextWake } from '@app/sync-engine/testing';

/** The fate of a signal on its way. */
export type Delivery = 'prompt' | 'lost' | 'twice' | 'late';

interface Letter {
  readonly due: number;
  readonly what: string;
  readonly deliver: () => Promise<void> | void;
}

/** Carries signals between processes, and loses, doubles, delays and reorders them. */
export class Post {
  private letters: Letter[] = [];
  fate: () => Delivery = () => 'prompt';
  lateMs: () => number = () => 0;

  constructor(private readonly clock: Clock) {}

  /** Returns the fate of the letter. */
  send(what: string, deliver: Letter['deliver'], delayMs = 0): Delivery {
    const fate = this.fate();
    if (fate === 'lost') return fate;
    const due = this.clock.now().getTime() + delayMs;
    this.letters.push({ due: fate === 'late' ? due + this.lateMs() : due, what, deliver });
    if (fate === 'twice') this.letters.push({ due: due + this.lateMs(), what, deliver });
    return fate;
  }

  /** Returns the letters that have arrived, in no particular order. */
  takeDue(): Letter[] {
    const now = this.clock.now().getTime();
    const due = this.letters.filter((letter) => letter.due <= now);
    this.letters = this.letters.filter((letter) => letter.due > now);
    return due;
  }

  get waiting(): number {
    return this.letters.length;
  }
}

/** Wake-ups that travel by post and wait for a worker. */
export class PostedWakeQueue extends WakeQueue {
  readonly waiting = new Set<OrgId>();

  constructor(private readonly post: Post) {
    super();
  }

  wake(org: OrgId, delayMs = 0): void {
    this.post.send('wake-up', () => void this.waiting.add(org), delayMs);
  }

  consume(_concurrency: number, _handler: (org: OrgId) => Promise<NextWake>): void {
    throw new Error('the simulation processes the wake-ups');
  }

  async close(): Promise<void> {
    this.waiting.clear();
  }
}

/** Events of one process. Reports those that were lost with another process to `onLost`. */
export class PostedEvents extends EventBus {
  constructor(
    private readonly post: Post,
    private readonly onLost: (event: DomainEvent) => void,
    onError: (error: unknown) => void,
  ) {
    super(onError);
  }

  override publish(event: DomainEvent): void {
    const fate = this.post.send(event.name, () => super.publish(event));
    if (fate === 'lost') this.onLost(event);
  }
}
