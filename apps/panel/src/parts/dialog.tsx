import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Heading } from './heading';

interface DialogProps {
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
  readonly foot: ComponentChildren;
  readonly onClose: () => void;
  readonly lead?: ComponentChildren;
  readonly size?: 'narrow' | 'tall';
}

/** Renders a modal dialog. Escape closes it, and the focus returns to the element that opened it. */
export function Dialog({ title, children, foot, onClose, lead, size = 'narrow' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog card ${size}`}
      part="card"
      aria-labelledby={id}
      aria-describedby={lead ? `${id}-lead` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="body stack">
        <div class="stack tight">
          <Heading level={2} id={id}>
            {title}
          </Heading>
          {lead && (
            <p class="sub" id={`${id}-lead`}>
              {lead}
            </p>
          )}
        </div>
        {children}
      </div>
      <div class="foot row">{foot}</div>
    </dialog>
  );
}
