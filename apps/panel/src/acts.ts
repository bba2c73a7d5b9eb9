import { signal, type Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Fault } from './api';
import { faultWords } from './faults';
import { useSession, type Session } from './session';
import { words } from './words';

const NOTE_MS = 5_000;

/** Tracks one action of a person: whether it is running, its note, and its fault. */
export class Act {
  readonly busy = signal(false);
  readonly fault: Signal<Fault | null> = signal(null);
  readonly note = signal('');
  private last: (() => Promise<string | void>) | null = null;
  private timer = 0;

  constructor(private readonly session: Session) {}

  /** Runs the work unless it is already running. Work may return a note, which is shown for some seconds. */
  async run(work: () => Promise<string | void>): Promise<boolean> {
    if (this.busy.peek()) return false;
    this.last = work;
    this.fault.value = null;
    if (this.session.live.state.value === 'offline') {
      this.show(this.session.say(words.page.offlineAct));
      return false;
    }
    this.busy.value = true;
    try {
      this.show((await work()) ?? '');
      return true;
    } catch (error) {
      await this.failed(error);
      return false;
    } finally {
      this.busy.value = false;
    }
  }

  again(): void {
    if (this.last) void this.run(this.last);
  }

  forget(): void {
    this.fault.value = null;
  }

  private async failed(error: unknown): Promise<void> {
    if (this.session.signal.aborted) return;
    const fault = error instanceof Fault ? error : new Fault('internal', '');
    this.session.heed(fault);
    if (faultWords(fault.code).at === 'nowhere') return this.session.overtaken();
    this.fault.value = fault;
  }

  private show(note: string): void {
    this.note.value = note;
    if (!note) return;
    this.session.announce(note);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.note.value = ''), NOTE_MS);
  }
}

export function useAct(): Act {
  const session = useSession();
  return useMemo(() => new Act(session), [session]);
}
