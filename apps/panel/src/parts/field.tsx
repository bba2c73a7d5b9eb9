import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon';

interface FieldProps {
  readonly label: ComponentChildren;
  readonly help?: ComponentChildren;
  readonly fault?: ComponentChildren;
  readonly children: (ids: FieldIds) => ComponentChildren;
  readonly class?: string;
}

/** Ids that connect a control to its label, help and fault. */
export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

/** Renders a label, a control, its fault, and help. */
export function Field({ label, help, fault, children, class: more = '' }: FieldProps) {
  const id = useId();
  const describedBy = [fault && `${id}-fault`, help && `${id}-help`].filter(Boolean).join(' ');
  return (
    <div class={`field ${more}`}>
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': fault ? 'true' : undefined,
      })}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          <Icon name="cross" />
          <span>{fault}</span>
        </p>
      )}
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

/** Moves the focus to the first invalid field. */
export function focusFault(form: { readonly current: HTMLElement | null }): void {
  requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}
