import { useSession } from '../session';
import { ConflictDialog } from './conflict';
import { DisconnectDialog, OtherProjectDialog, SendDialog, UndoDialog } from './confirmations';
import { DeletionsDialog } from './deletions';
import { DiscardDialog } from './discard';
import { FilesDialog } from './files';
import { PreviewDialog } from './preview';
import { RotateDialog } from './rotate';
import { TextDialog } from './text';
import { TokenDialog } from './token';

/** Renders the open dialog, if any. */
export function Dialogs() {
  const dialog = useSession().dialog.value;
  switch (dialog?.name) {
    case 'conflict':
      return <ConflictDialog id={dialog.id} />;
    case 'deletions':
      return <DeletionsDialog />;
    case 'disconnect':
      return <DisconnectDialog />;
    case 'preview':
      return <PreviewDialog />;
    case 'files':
      return <FilesDialog />;
    case 'token':
      return <TokenDialog />;
    case 'rotate':
      return <RotateDialog />;
    case 'other-project':
      return <OtherProjectDialog />;
    case 'discard':
      return <DiscardDialog />;
    case 'undo':
      return <UndoDialog runId={dialog.runId} files={dialog.files} />;
    case 'text':
      return <TextDialog path={dialog.path} />;
    case 'send':
      return <SendDialog path={dialog.path} reason={dialog.reason} />;
    case undefined:
      return null;
  }
}
