import { lazy, type Speech } from './say';
import { words } from './words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Formats times as people say them: relative under a day, then "yesterday", then the local date. */
export class Times {
  private readonly short = lazy(() => this.relativeIn('short'));
  private readonly long = lazy(() => this.relativeIn('long'));
  private readonly date = lazy(() => this.dateIn({ day: 'numeric', month: 'long', year: 'numeric' }));
  private readonly hour = lazy(() => this.dateIn({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
  private readonly exact = lazy(() => this.dateIn({ dateStyle: 'medium', timeStyle: 'long' }));

  constructor(
    private readonly speech: Speech,
    private readonly timeZone?: string,
  ) {}

  /** Formats a past time, for example "6 min ago" or "12 March 2027". */
  ago(at: string, now: number, style: 'short' | 'long' = 'short'): string {
    const passed = now - Date.parse(at);
    if (passed >= DAY && this.isSameDay(at, now - DAY)) return this[style]().format(-1, 'day');
    if (Math.abs(passed) >= DAY) return this.day(at);
    if (Math.abs(passed) < MINUTE) return this.speech.say(words.times.justNow);
    return this.relative(-passed, this[style]());
  }

  /** Formats a future time, for example "in 2 min"; a past time is "now". */
  until(at: string | null | undefined, now: number): string {
    const left = at ? Date.parse(at) - now : 0;
    if (left <= 0) return this.speech.say(words.banner.now);
    if (left >= DAY) return this.day(at!);
    return this.relative(Math.max(left, MINUTE), this.short());
  }

  /** Returns "13:46" for a time on the same day, otherwise the date. */
  clock(at: string, now: number): string {
    return this.isSameDay(at, now) ? this.hourOf(at) : this.day(at);
  }

  /** Formats the day and the time, for example "yesterday at 09:10". */
  dayAndHour(at: string, now: number): string {
    const hour = this.hourOf(at);
    if (this.isSameDay(at, now)) return hour;
    if (this.isSameDay(at, now - DAY)) return this.speech.say(words.times.yesterdayAt, { time: hour });
    return `${this.day(at)}, ${hour}`;
  }

  day(at: string): string {
    return this.date().format(new Date(at));
  }

  /** Formats the exact local time, and UTC. */
  precise(at: string): string {
    const date = new Date(at);
    return `${this.exact().format(date)} · ${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  }

  /** Formats a duration, for example "340 ms", "12 s" or "3 min". */
  span(ms: number): string {
    if (ms < 1000) return this.unit(Math.max(1, Math.round(ms)), 'millisecond');
    if (ms < MINUTE) return this.unit(Math.round(ms / 1000), 'second');
    return this.unit(Math.round(ms / MINUTE), 'minute');
  }

  private relative(ms: number, format: Intl.RelativeTimeFormat): string {
    const [size, unit] = Math.abs(ms) < HOUR ? ([MINUTE, 'minute'] as const) : ([HOUR, 'hour'] as const);
    return format.format(Math.trunc(ms / size), unit).replace('.', '');
  }

  private unit(value: number, unit: string): string {
    return new Intl.NumberFormat(this.speech.locale, { style: 'unit', unit }).format(value);
  }

  private relativeIn(style: 'short' | 'long'): Intl.RelativeTimeFormat {
    return new Intl.RelativeTimeFormat(this.speech.locale, { style, numeric: 'auto' });
  }

  private dateIn(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.speech.locale, { ...options, timeZone: this.timeZone });
  }

  private hourOf(at: string): string {
    return this.hour().format(new Date(at));
  }

  private isSameDay(at: string, now: number): boolean {
    return this.day(at) === this.date().format(now);
  }
}
