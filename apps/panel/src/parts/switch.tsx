import { useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';

interface SwitchProps {
  readonly label: ComponentChildren;
  readonly help: ComponentChildren;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly note?: ComponentChildren;
}

/** Renders a setting that takes effect immediately. */
export function Switch({ label, help, on, onChange, note }: SwitchProps) {
  const id = useId();
  return (
    <div class="setting">
      <div>
        <label for={id} class="label">
          {label}
        </label>
        <p class="sub small" id={`${id}-help`}>
          {help}
        </p>
        {note}
      </div>
      <input
        class="switch"
        type="checkbox"
        role="switch"
        id={id}
        checked={on}
        aria-describedby={`${id}-help`}
        onClick={(event) => {
          event.preventDefault();
          onChange(!on);
        }}
      />
    </div>
  );
}
