import { useEffect } from 'preact/hooks';
import { decide } from '../commands';
import type { FileState } from '../contract';
import { changeKey, usePages } from '../load';
import { Confirm } from '../parts/confirm';
import { Paths } from '../parts/paths';
import { Rich } from '../parts/rich';
import { isClosed } from '../proposal';
import { useSession } from '../session';
import { words } from '../words';

/** Lists the files whose changes would be discarded: those that are proposed, and those that are not pushed yet. */
export function DiscardDialog() {
  const session = useSession();
  const status = session.status.value!;
  const { project, files } = status;
  const over = !isClosed(status);
  // A colleague decided, or an edit opened another merge request.
  useEffect(() => {
    if (over) session.dialog.value = null;
  }, [over]);
  const n = files.proposed + files.dotAhead;
  const lists = [useFiles('proposed'), useFiles('dot_ahead')];
  const items = lists.flatMap(({ items }) => items ?? []);
  return (
    <Confirm
      title={session.say(words.proposal.discardTitle, { n })}
      lead={<Rich of={words.proposal.discardText} values={{ n, branch: project!.branch }} />}
      safe={session.say(words.proposal.keep)}
      act={session.say(words.proposal.discardDo, { n })}
      danger
      work={() => decide(session, 'discard')}
    >
      {items.length > 0 && (
        <Paths
          label={session.say(words.proposal.discardWhat)}
          items={items.map((file) => ({ path: file.path, tag: session.say(words.ops[opOf(file)]) }))}
          rest={lists.find(({ hasMore }) => hasMore)}
        />
      )}
      <p class="sub small">
        {items.some((file) => opOf(file) === 'create') && <>{session.say(words.proposal.discardNew)} </>}
        {files.dotAhead > 0 && <>{session.say(words.proposal.discardWaiting)} </>}
        {session.say(words.proposal.discardNote)}
      </p>
    </Confirm>
  );
}

function useFiles(state: 'proposed' | 'dot_ahead') {
  return usePages<FileState>(async ({ api }, cursor) => {
    const query = { state, limit: 200, ...(cursor && { cursor }) };
    return api.take(api.client.GET('/api/v1/orgs/{org}/gitlab/files', { params: { path: api.path, query } }));
  }, changeKey(useSession()));
}

const opOf = ({ dotBlob, gitlabBlob }: FileState) =>
  dotBlob === null ? 'delete' : gitlabBlob === null ? 'create' : 'update';
