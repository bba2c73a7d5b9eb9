import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../acts';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Out, Rich } from '../parts/rich';
import { useSession } from '../session';
import { readText } from '../texts';
import { blobUrl } from '../gitlab-urls';
import { words } from '../words';

/** Shows GitLab's text of a file that is kept out of Dot. */
export function TextDialog({ path: file }: { path: string }) {
  const session = useSession();
  const act = useAct();
  const [text, setText] = useState<string | null | undefined>(undefined);
  const { project } = session.status.value ?? {};
  useEffect(() => {
    void act.run(async () => setText(await readText(session.api, { file, side: 'gitlab' })));
  }, [act, file]);
  const close = () => (session.dialog.value = null);
  const href = project ? blobUrl(project, file) : undefined;
  return (
    <Dialog
      title={<Rich of={words.text.title} values={{ path: file }} />}
      lead={session.say(words.text.lead)}
      onClose={close}
      size="tall"
      foot={
        <>
          <Button kind="primary" wide autofocus onClick={close}>
            {session.say(words.page.close)}
          </Button>
          <span class="push small">
            <Out href={href}>{session.say(words.worth.open)}</Out>
          </span>
        </>
      }
    >
      {act.busy.value && <p class="sub">{session.say(words.page.loading)}</p>}
      {text === null && <p class="sub">{session.say(words.text.none)}</p>}
      {text && (
        <pre class="text" tabIndex={0} dir="ltr" role="group" aria-label={file}>
          {text}
        </pre>
      )}
      <ActNote act={act} />
    </Dialog>
  );
}
