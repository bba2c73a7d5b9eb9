import type { ComponentChildren } from 'preact';
import { useAct } from '../acts';
import { useSession } from '../session';
import { ActNote } from './act-note';
import { Button } from './button';
import { Dialog } from './dialog';

interface ConfirmProps {
  readonly title: ComponentChildren;
  readonly lead: ComponentChildren;
  readonly children?: ComponentChildren;
  /** Label of the safe button, which has the focus. */
  readonly safe: string;
  readonly act: string;
  readonly danger?: boolean;
  /** Keeps the dialog open after the work, to show its result. */
  readonly stay?: boolean;
  readonly work: () => Promise<void>;
}

/** Asks for a confirmation and names its consequences. */
export function Confirm({ title, lead, children, safe, act: label, danger, stay, work }: ConfirmProps) {
  const session = useSession();
  const act = useAct();
  const close = () => (session.dialog.value = null);
  const go = async () => {
    if ((await act.run(work)) && !stay) close();
  };
  return (
    <Dialog
      title={title}
      lead={lead}
      onClose={close}
      foot={
        <>
          <Button kind="primary" wide autofocus onClick={close}>
            {safe}
          </Button>
          <Button
            kind={danger ? 'danger' : undefined}
            wide
            busy={act.busy.value && label}
            onClick={() => void go()}
          >
            {label}
          </Button>
        </>
      }
    >
      {children}
      <ActNote act={act} />
    </Dialog>
  );
}
