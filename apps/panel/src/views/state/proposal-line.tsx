import { Icon } from '../../parts/icon';
import { Rich } from '../../parts/rich';
import { Time } from '../../parts/time';
import { proposalWords } from '../../proposal';
import { clip } from '../../say';
import { useSession } from '../../session';
import { words } from '../../words';

const LONGEST_TITLE = 120;

/** Shows the merge request that carries the changes, and what follows from its state. */
export function ProposalLine() {
  const status = useSession().status.value!;
  const shown = proposalWords(status);
  if (!shown) return null;
  const { branch, mergeRequest: merge } = status.project!;
  return (
    <ul class="lines">
      <li>
        <Icon name={shown.icon} class={shown.tone} />
        <p>
          {merge && (
            <>
              <Rich
                of={words.proposal.request}
                values={{ iid: `${merge.iid}`, title: clip(merge.title, LONGEST_TITLE) }}
                href={merge.webUrl}
              />{' '}
            </>
          )}
          <span class="sub small">
            <Rich of={shown.says} values={{ branch }} />
          </span>
        </p>
        {merge && <Time at={merge.updatedAt} class="when" />}
      </li>
    </ul>
  );
}
