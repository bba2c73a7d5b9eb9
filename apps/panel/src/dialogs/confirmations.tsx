import { Confirm } from '../parts/confirm';
import { Paths } from '../parts/paths';
import { Rich } from '../parts/rich';
import { useRunChanges } from '../run-changes';
import { useSession } from '../session';
import { words } from '../words';

export function DisconnectDialog() {
  const session = useSession();
  const pending = session.status.value?.sync.pendingPush ?? 0;
  return (
    <Confirm
      title={session.say(words.disconnect.title)}
      lead={session.say(words.disconnect.text)}
      safe={session.say(words.disconnect.stay)}
      act={session.say(words.disconnect.disconnect)}
      danger
      work={async () => {
        const { client, path } = session.api;
        const route = '/api/v1/orgs/{org}/gitlab/connection';
        await session.api.take(client.DELETE(route, { params: { path } }));
        await session.live.refresh();
      }}
    >
      {pending > 0 && <p class="sub">{session.say(words.disconnect.pending, { n: pending })}</p>}
    </Confirm>
  );
}

export function OtherProjectDialog() {
  const session = useSession();
  const project = session.status.value?.project?.pathWithNamespace ?? '';
  return (
    <Confirm
      title={session.say(words.settings.otherProjectTitle)}
      lead={session.say(words.settings.otherProjectText, { project })}
      safe={session.say(words.settings.otherProjectKeep, { project })}
      act={session.say(words.settings.otherProjectDo)}
      work={async () => {
        const { client, path } = session.api;
        const route = '/api/v1/orgs/{org}/gitlab/project';
        await session.api.take(client.DELETE(route, { params: { path } }));
        session.editing.value = null;
        await session.live.refresh();
      }}
    />
  );
}

export function UndoDialog({ runId, files }: { readonly runId: string; readonly files: number }) {
  const session = useSession();
  const { items } = useRunChanges(runId);
  return (
    <Confirm
      title={session.say(words.undo.title)}
      lead={session.say(words.undo.text, { n: files })}
      safe={session.say(words.undo.keep)}
      act={session.say(words.undo.undo, { n: files })}
      work={async () => {
        const { client, path } = session.api;
        const route = '/api/v1/orgs/{org}/context/restore';
        await session.api.take(client.POST(route, { params: { path }, body: { runId } as never }));
        await session.live.refresh();
      }}
    >
      {items && items.length > 0 && <Paths items={items} label={session.say(words.activity.files)} />}
      <p class="sub small">{session.say(words.undo.note)}</p>
    </Confirm>
  );
}

export function SendDialog({ path: file, reason }: { readonly path: string; readonly reason: string }) {
  const session = useSession();
  return (
    <Confirm
      title={<Rich of={words.send.title} values={{ path: file }} />}
      lead={session.say(words.send.text, { reason })}
      safe={session.say(words.send.keep)}
      act={session.say(words.send.send)}
      danger
      work={async () => {
        const { client, path } = session.api;
        const route = '/api/v1/orgs/{org}/gitlab/files/release';
        await session.api.take(client.POST(route, { params: { path }, body: { path: file } }));
        await session.live.refresh();
      }}
    >
      <p class="sub small">{session.say(words.send.note)}</p>
    </Confirm>
  );
}
