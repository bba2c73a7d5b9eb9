import type { ComponentChildren } from 'preact';
import type { Pill } from '../screen';
import { useSession } from '../session';
import { words } from '../words';
import { Icon } from './icon';
import { Out } from './rich';

interface EndProps {
  readonly main: ComponentChildren;
  readonly sub?: ComponentChildren;
}

/** Shows Dot on one side, GitLab on the other, and the state on the line between them. */
export function Rail({ dot, gitlab, pill }: { dot: EndProps; gitlab: EndProps; pill: Pill }) {
  const session = useSession();
  const line = { whole: '', busy: 'is-busy', cut: 'is-cut' }[pill.line];
  return (
    <div class="rail" part="rail">
      <div class="end">
        <span class="name">{session.say(words.rail.dot)}</span>
        <b>{dot.main}</b>
        {dot.sub && <span class="sub small">{dot.sub}</span>}
      </div>
      <div class={`between ${line}`}>
        <PillView pill={pill} />
      </div>
      <div class="end far">
        <span class="name">{session.say(words.rail.gitlab)}</span>
        <b>{gitlab.main}</b>
        {gitlab.sub && <span class="sub small">{gitlab.sub}</span>}
      </div>
    </div>
  );
}

function PillView({ pill }: { pill: Pill }) {
  const { speech, times, now } = useSession();
  const at = pill.at ?? null;
  const values = {
    ...pill.values,
    in: times.until(at, now.value),
    time: at ? times.clock(at, now.value) : '',
  };
  const text = speech.say(pill.text, values);
  return (
    <span class={`pill ${pill.tone}`}>
      <Icon name={pill.icon} class={pill.icon === 'spin' ? 'spin' : ''} />
      {pill.href ? <Out href={pill.href}>{text}</Out> : text}
    </span>
  );
}
