import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Api, Fault, type TokenSource } from './api';
import type { Plan, Status } from './contract';
import { Live } from './live';
import { Speech, type Phrase, type Values } from './say';
import { screenOf, type Screen } from './screen';
import { Times } from './times';
import { words } from './words';

/** The dialog that is open above the page. */
export type Dialog =
  | { readonly name: 'conflict'; readonly id: string }
  | { readonly name: 'deletions' }
  | { readonly name: 'disconnect' }
  | { readonly name: 'preview' }
  | { readonly name: 'files' }
  | { readonly name: 'token' }
  | { readonly name: 'rotate' }
  | { readonly name: 'other-project' }
  | { readonly name: 'discard' }
  | { readonly name: 'undo'; readonly runId: string; readonly files: number }
  | { readonly name: 'text'; readonly path: string }
  | { readonly name: 'send'; readonly path: string; readonly reason: string };

/** The settings that have a form. */
export type Editing = 'branch' | 'work-branch' | 'commits' | 'notifications';

export interface SessionOptions {
  readonly api: string;
  readonly org: string;
  readonly token: TokenSource;
  readonly locale: string;
  readonly level: number;
  readonly root: ShadowRoot;
}

const TICK_MS = 60_000;
const NOTE_MS = 5_000;
/** Smallest clock difference that people notice. */
const SKEW_MS = 5 * 60_000;

/** Holds the state that the views of one element share, until `stop`. */
export class Session {
  readonly api: Api;
  readonly live: Live;
  readonly speech: Speech;
  readonly times: Times;
  readonly now = signal(Date.now());
  readonly dialog: Signal<Dialog | null> = signal(null);
  /** Message that screen readers read once. */
  readonly announced = signal('');
  /** Message at the top of the page, shown for some seconds. */
  readonly notice: Signal<Phrase | null> = signal(null);
  /** The plan with which the first sync was started. */
  readonly firstPlan: Signal<Plan | null> = signal(null);
  /** The part of the settings that is being edited. */
  readonly editing: Signal<'webhook' | Editing | null> = signal(null);
  /** The webhook was offered during the first sync and is still to be set up. */
  readonly settingUp = signal(false);
  readonly admin: ReadonlySignal<boolean>;
  readonly screen: ReadonlySignal<Screen>;
  private readonly over = new AbortController();
  private readonly ends: (() => void)[] = [];
  private notes = 0;

  constructor(readonly options: SessionOptions) {
    this.speech = new Speech(options.locale);
    this.times = new Times(this.speech);
    this.api = new Api(options.api, options.org, options.token, this.over.signal);
    this.live = new Live(this.api);
    this.admin = computed(() => this.status.value?.viewer.role === 'admin');
    this.screen = computed(() =>
      screenOf({
        status: this.status.value,
        access: this.live.access.value,
        admin: this.admin.value,
        live: this.live.state.value,
        seenAt: this.live.seenAt.value,
      }),
    );
  }

  get status(): Signal<Status | null> {
    return this.live.status;
  }

  get signal(): AbortSignal {
    return this.over.signal;
  }

  start(): void {
    this.live.start();
    const clock = setInterval(() => this.tick(), TICK_MS);
    this.ends.push(
      () => clearInterval(clock),
      effect(() => {
        void this.status.value;
        this.tick();
      }),
      effect(() => this.announcePill()),
    );
  }

  stop(): void {
    this.live.stop();
    this.over.abort();
    clearTimeout(this.notes);
    for (const end of this.ends.splice(0)) end();
  }

  say(phrase: Phrase, values?: Values): string {
    return this.speech.say(phrase, values);
  }

  announce(text: string): void {
    this.announced.value = text;
  }

  /** Shows the current state after another person was faster. */
  async overtaken(): Promise<void> {
    batch(() => {
      this.notice.value = words.page.changed;
      this.announced.value = this.say(words.page.changed);
    });
    clearTimeout(this.notes);
    this.notes = window.setTimeout(() => (this.notice.value = null), 2 * NOTE_MS);
    await this.live.refresh();
  }

  /** Updates the access if a request failed because the user may no longer make it. */
  heed(error: unknown): void {
    if (!(error instanceof Fault)) return;
    if (error.status === 401) this.live.access.value = 'signed-out';
    if (error.code === 'forbidden_org') this.live.access.value = 'forbidden';
  }

  /** Updates the current time. Uses the server's clock if it differs by more than a few minutes. */
  private tick(): void {
    const skew = this.api.skewMs ?? 0;
    this.now.value = Date.now() + (Math.abs(skew) > SKEW_MS ? skew : 0);
  }

  private announcePill(): void {
    const { pill } = this.screen.value;
    if (!pill || pill.tone === 'busy') return;
    const at = pill.at ? this.times.clock(pill.at, this.now.peek()) : '';
    this.announced.value = this.say(pill.text, { ...pill.values, time: at, in: at });
  }
}

export const SessionContext = createContext<Session>(null as unknown as Session);
export const useSession = (): Session => useContext(SessionContext);
