import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Heading } from './heading';
import { Icon } from './icon';

interface BannerProps {
  readonly tone: 'wait' | 'bad' | 'off';
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
}

/** Shows the reason why the sync stopped, above everything else. */
export function Banner({ tone, title, children, actions }: BannerProps) {
  const id = useId();
  return (
    <div class={`banner ${tone}`} part="banner" role="region" aria-labelledby={id}>
      <Icon name={tone === 'off' ? 'clock' : 'warn'} />
      <div class="stack tight">
        <Heading level={2} id={id}>
          {title}
        </Heading>
        {children}
        {actions && <div class="row">{actions}</div>}
      </div>
    </div>
  );
}
