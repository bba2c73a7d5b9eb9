import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface DisclosureProps {
  readonly summary: ComponentChildren;
  readonly children: ComponentChildren;
  readonly class?: string;
  /** Opens it from outside, for example if it contains a fault. */
  readonly open?: boolean;
  readonly onOpen?: () => void;
}

/** Renders a summary, and its content once it has been opened. */
export function Disclosure({ summary, children, class: kind = '', open = false, onOpen }: DisclosureProps) {
  const [opened, setOpened] = useState(open);
  const [last, setLast] = useState(open);
  if (open !== last) {
    setLast(open);
    if (open) setOpened(true);
  }
  return (
    <details
      open={opened}
      onToggle={(event) => {
        const now = event.currentTarget.open;
        if (now && !opened) onOpen?.();
        setOpened(now);
      }}
    >
      <summary>{summary}</summary>
      {opened && <div class={`inside ${kind}`}>{children}</div>}
    </details>
  );
}
