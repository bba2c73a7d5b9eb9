import { useEffect, useRef, useState } from 'preact/hooks';
import type { FileState } from '../contract';
import { changeKey, usePages } from '../load';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Select } from '../parts/select';
import { clip } from '../say';
import { useSession } from '../session';
import { words } from '../words';

type Shown = FileState['state'] | 'any';

const STATES: readonly Shown[] = [
  'any',
  'in_sync',
  'proposed',
  'dot_ahead',
  'gitlab_ahead',
  'conflict',
  'quarantined',
];
const COUNTS = {
  any: 'total',
  in_sync: 'inSync',
  dot_ahead: 'dotAhead',
  gitlab_ahead: 'gitlabAhead',
  conflict: 'conflict',
  quarantined: 'quarantined',
  proposed: 'proposed',
} as const;
const TONES: Partial<Record<FileState['state'], string>> = {
  in_sync: 'quiet',
  conflict: 'warn',
  quarantined: 'warn',
};
/** A short first page shows rows soon. */
const FIRST_PAGE = 50;
const PAGE = 200;

/** Lists every file with its state. Scrolling reads more pages; rows outside the list are not drawn. */
export function FilesDialog() {
  const session = useSession();
  const [state, setState] = useState<Shown>('any');
  const { items, hasMore, busy, more } = usePages<FileState>(
    async ({ api }, cursor) => {
      const limit = cursor ? PAGE : FIRST_PAGE;
      const query = { limit, ...(state !== 'any' && { state }), ...(cursor && { cursor }) } as never;
      return api.take(
        api.client.GET('/api/v1/orgs/{org}/gitlab/files', { params: { path: api.path, query } }),
      );
    },
    `${state} ${changeKey(session)}`,
  );
  const close = () => (session.dialog.value = null);
  const { files: counts, project } = session.status.value!;
  const option = (one: Shown) =>
    `${session.say(words.files[one])} (${session.speech.number(counts[COUNTS[one]])})`;
  const proposes = project?.publish === 'merge_request' || counts.proposed > 0;
  const states = STATES.filter((one) => one !== 'proposed' || proposes);
  return (
    <Dialog
      title={session.say(words.files.title)}
      size="tall"
      onClose={close}
      foot={
        <Button kind="primary" wide onClick={close}>
          {session.say(words.page.close)}
        </Button>
      }
    >
      <Field label={session.say(words.files.filter)}>
        {(ids) => (
          <Select
            {...ids}
            value={state}
            options={Object.fromEntries(states.map((one) => [one, option(one)]))}
            onValue={(chosen) => setState(chosen as Shown)}
          />
        )}
      </Field>
      {items && !items.length && (
        <p class="sub">{session.say(state === 'any' ? words.files.noneAtAll : words.files.none)}</p>
      )}
      {items && items.length > 0 && (
        <div class="paths files" tabIndex={0} role="group" aria-label={session.say(words.files.title)}>
          <ul>
            {items.map((file) => (
              <Row key={file.path} file={file} />
            ))}
          </ul>
          {hasMore && <End busy={busy} onReach={more} />}
        </div>
      )}
    </Dialog>
  );
}

function Row({ file }: { file: FileState }) {
  const session = useSession();
  const { path, state, quarantine } = file;
  const reason = quarantine?.message || file.reason;
  return (
    <li>
      <bdi dir="ltr" title={path.length > 200 ? path : undefined}>
        {clip(path)}
      </bdi>
      <span class={`small state ${TONES[state] ?? 'info'}`}>{session.say(words.files[state])}</span>
      {reason && state !== 'conflict' && <span class="small sub reason">{clip(reason, 300)}</span>}
    </li>
  );
}

/** Reads the next page when it comes into view. */
function End({ busy, onReach }: { busy: boolean; onReach: () => void }) {
  const session = useSession();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (busy) return;
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && onReach(), {
      root: end.current!.parentElement,
      rootMargin: '600px',
    });
    observer.observe(end.current!);
    return () => observer.disconnect();
  }, [busy, onReach]);
  return (
    <div class="row end-of-list" ref={end}>
      <Button kind="plain" onClick={onReach} busy={busy && session.say(words.page.loading)}>
        {session.say(words.files.more)}
      </Button>
    </div>
  );
}
