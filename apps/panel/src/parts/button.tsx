import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { IconName } from '../icons';
import { Icon } from './icon';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  readonly kind?: 'primary' | 'plain' | 'danger' | 'plain danger';
  readonly icon?: IconName;
  /** What it says while it is at work. */
  readonly busy?: string | false;
  readonly wide?: boolean;
  readonly push?: boolean;
  readonly submit?: boolean;
  readonly autofocus?: boolean;
  readonly expanded?: boolean;
  readonly describedBy?: string;
}

const SPINNER_AFTER_MS = 1_000;

/** Never disabled: pressed too early, it is the view that says what is missing. */
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

/** What looks like a link and acts on this page. */
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

/** Work that ends soon needs no spinner. */
function useLater(going: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!going) return setLate(false);
    const timer = setTimeout(() => setLate(true), SPINNER_AFTER_MS);
    return () => clearTimeout(timer);
  }, [going]);
  return late;
}
