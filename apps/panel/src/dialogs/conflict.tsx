import { useEffect } from 'preact/hooks';
import { useAct } from '../acts';
import type { Conflict } from '../contract';
import { usePages } from '../load';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Rich } from '../parts/rich';
import { useSession } from '../session';
import { words } from '../words';
import { Texts, useTexts } from './conflict/texts';

/** Compares both versions of a file that both sides changed. */
export function ConflictDialog({ id }: { id: string }) {
  const session = useSession();
  const close = () => (session.dialog.value = null);
  const { items } = usePages<Conflict>(async ({ api }) => {
    const asked = api.client.GET('/api/v1/orgs/{org}/gitlab/conflicts', {
      params: { path: api.path, query: { limit: 200 } },
    });
    return (await api.take(asked)) as never;
  }, String(session.status.value?.sync.conflicts));
  const at = items?.findIndex((conflict) => conflict.id === id) ?? -1;
  const conflict = items?.[at];
  // Another person resolved the conflict, or another conflict was open when the list was read.
  useEffect(() => {
    if (items && !conflict) close();
  }, [items, conflict]);
  if (!conflict) return null;
  const go = (to: number) => (session.dialog.value = { name: 'conflict', id: items![to].id });
  return (
    <Compare
      key={conflict.id}
      conflict={conflict}
      onClose={close}
      place={{ i: at + 1, total: items!.length }}
      onPrevious={at > 0 ? () => go(at - 1) : null}
      onNext={at < items!.length - 1 ? () => go(at + 1) : null}
    />
  );
}

interface CompareProps {
  readonly conflict: Conflict;
  readonly onClose: () => void;
  readonly place: { readonly i: number; readonly total: number };
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
}

function Compare({ conflict, onClose, place, onPrevious, onNext }: CompareProps) {
  const session = useSession();
  const act = useAct();
  const texts = useTexts(conflict);
  const { winner, path } = conflict;
  const [won, lost] =
    winner === 'dot' ? [words.sides.dot, words.sides.gitlab] : [words.sides.gitlab, words.sides.dot];
  const values = { winner: session.say(won), loser: session.say(lost), path };
  const lead =
    texts && texts.stands === null
      ? words.conflict.editLost
      : texts && texts.kept === null
        ? winner === 'dot'
          ? words.conflict.gitlabDeleted
          : words.conflict.dotDeleted
        : words.conflict.stands;
  const auto = session.status.value?.project?.autoSync;
  const answer = async (how: 'restore' | 'dismiss') => {
    const done = await act.run(async () => {
      const { client, path: org } = session.api;
      const params = { path: { ...org, id: conflict.id } };
      if (how === 'restore')
        await session.api.take(client.POST('/api/v1/orgs/{org}/gitlab/conflicts/{id}/restore', { params }));
      else
        await session.api.take(client.POST('/api/v1/orgs/{org}/gitlab/conflicts/{id}/dismiss', { params }));
      if (how === 'restore') session.announce(session.say(words.conflict.restored, { side: values.loser }));
      onClose();
      await session.live.refresh();
    });
    return done;
  };
  const admin = session.admin.value;
  return (
    <Dialog
      title={<Rich of={words.conflict.title} values={{ path }} />}
      lead={session.say(lead, values)}
      onClose={onClose}
      size="tall"
      foot={
        <>
          {admin && texts?.kept !== null && (
            <Button
              kind="primary"
              wide
              busy={act.busy.value && session.say(words.page.saving)}
              onClick={() => void answer('restore')}
            >
              {session.say(words.conflict.restore, { side: values.loser })}
            </Button>
          )}
          {admin ? (
            <Button wide autofocus onClick={() => void answer('dismiss')}>
              {session.say(words.conflict.leave)}
            </Button>
          ) : (
            <Button wide autofocus onClick={onClose}>
              {session.say(words.page.close)}
            </Button>
          )}
          <span class="push small sub row">
            {onPrevious && (
              <Button kind="plain" onClick={onPrevious}>
                {session.say(words.conflict.previous)}
              </Button>
            )}
            {session.say(words.conflict.count, place)}
            {onNext && (
              <Button kind="plain" onClick={onNext}>
                {session.say(words.conflict.next)}
              </Button>
            )}
          </span>
        </>
      }
    >
      {texts ? (
        <Texts conflict={conflict} texts={texts} />
      ) : (
        <p class="sub">{session.say(words.page.loading)}</p>
      )}
      {admin && texts?.kept !== null && (
        <p class="sub small">
          {session.say(auto ? words.conflict.restoring : words.conflict.restoringLater, values)}
        </p>
      )}
      <ActNote act={act} />
    </Dialog>
  );
}
