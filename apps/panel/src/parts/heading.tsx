import type { ComponentChildren } from 'preact';
import { useSession } from '../session';

interface HeadingProps {
  /** 1 is the page's title; the host's `level` is added. */
  readonly level: 1 | 2 | 3;
  readonly id?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** Renders a heading that can take the focus if the focused element disappears. */
export function Heading({ level, id, class: look, children }: HeadingProps) {
  const { options } = useSession();
  const Tag = `h${Math.min(6, options.level + level - 1)}` as 'h1';
  return (
    <Tag id={id} class={look ?? `h${level}`} tabIndex={-1}>
      {children}
    </Tag>
  );
}
