import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from './button';
import { Heading } from './heading';

interface SettingProps {
  readonly title: string;
  readonly now: ComponentChildren;
  readonly button: ComponentChildren;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: ComponentChildren;
}

/** Shows the state of a setting in one line. Its form opens below. */
export function Setting({ title, now, button, open, onToggle, children }: SettingProps) {
  const id = useId();
  return (
    <div class={`setting ${open ? 'opened' : ''}`}>
      <div>
        <Heading level={3}>{title}</Heading>
        <p class="small sub">{now}</p>
      </div>
      <Button onClick={onToggle} expanded={open}>
        {button}
      </Button>
      {open && (
        <div class="more" id={id}>
          {children}
        </div>
      )}
    </div>
  );
}
