import { useSession } from '../session';

interface TimeProps {
  readonly at: string;
  readonly style?: 'short' | 'long' | 'day' | 'clock' | 'hour';
  readonly class?: string;
}

/** Shows a time in everyday words, with the exact time in its title. */
export function Time({ at, style = 'short', class: kind }: TimeProps) {
  const { times, now } = useSession();
  const moment = now.value;
  const text =
    style === 'day'
      ? times.day(at)
      : style === 'clock'
        ? times.clock(at, moment)
        : style === 'hour'
          ? times.dayAndHour(at, moment)
          : times.ago(at, moment, style);
  return (
    <time class={kind} dateTime={at} title={times.precise(at)}>
      {text}
    </time>
  );
}
