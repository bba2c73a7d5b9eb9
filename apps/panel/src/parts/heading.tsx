import type { ComponentChildren } from 'preact';
import { useSession } from '../session';

interface HeadingProps {
  /** 1 is the page's own; what the host sets as its level is added. */
  readonly level: 1 | 2 | 3;
  readonly id?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** Takes the focus when what had it is gone. */
export function Heading({ level, id, class: look, children }: HeadingProps) {
  const { options } = useSession();
  const Tag = `h${Math.min(6, options.level + level - 1)}` as 'h1';
  return (
    <Tag id={id} class={look ?? `h${level}`} tabIndex={-1}>
      {children}
    </Tag>
  );
}
