import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { IconName } from '../icons';
import { Icon } from './icon';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  readonly kind?: 'primary' | 'plain' | 'danger' | 'plain danger';
  readonly icon?: IconName;
  /** Label while the action is running. */
  readonly busy?: string | false;
  readonly wide?: boolean;
  readonly push?: boolean;
  readonly submit?: boolean;
  readonly autofocus?: boolean;
  readonly expanded?: boolean;
  readonly describedBy?: string;
}

const SPINNER_AFTER_MS = 1_000;

/** Renders a button that is never disabled. If it is pressed too early, the view shows the missing input. */
export function Button({ children, onClick, kind, icon, busy, wide, push, ...more }: ButtonProps) {
  const slow = useLater(Boolean(busy));
  const classes = ['button', kind, wide && 'wide', push && 'push'].filter(Boolean).join(' ');
  return (
    <button
      class={classes}
      part="button"
      type={more.submit ? 'submit' : 'button'}
      onClick={onClick}
      aria-busy={busy ? 'true' : undefined}
      aria-expanded={more.expanded}
      aria-describedby={more.describedBy}
      autofocus={more.autofocus}
    >
      {busy && slow ? <Icon name="spin" class="spin" /> : icon && <Icon name={icon} />}
      {busy || children}
    </button>
  );
}

/** Renders a button that looks like a link. */
export function LinkButton({
  children,
  onClick,
  class: kind = '',
  expanded,
}: {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  readonly class?: string;
  readonly expanded?: boolean;
}) {
  return (
    <button class={`link ${kind}`} type="button" onClick={onClick} aria-expanded={expanded}>
      {children}
    </button>
  );
}

/** Returns true once work has taken a second; shorter work needs no spinner. */
function useLater(going: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!going) return setLate(false);
    const timer = setTimeout(() => setLate(true), SPINNER_AFTER_MS);
    return () => clearTimeout(timer);
  }, [going]);
  return late;
}
