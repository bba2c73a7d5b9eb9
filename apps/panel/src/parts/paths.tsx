import type { Loaded } from '../load';
import { useSession } from '../session';
import { words } from '../words';
import { Button } from './button';

/** Shows a long list of paths in a scrolling box, and loads `rest` on request. Rows outside the box cost nothing to draw. */
export function Paths({
  items,
  label,
  rest,
}: {
  readonly items: readonly { readonly path: string; readonly tag?: string; readonly from?: string | null }[];
  readonly label: string;
  readonly rest?: Pick<Loaded<unknown>, 'hasMore' | 'more'>;
}) {
  const session = useSession();
  return (
    <div class="paths" tabIndex={0} role="group" aria-label={label}>
      <ul>
        {items.map(({ path, tag, from }) => (
          <li key={`${tag} ${path}`}>
            <bdi dir="ltr">{from ? `${from} → ${path}` : path}</bdi>
            {tag && <span class="tag">{tag}</span>}
          </li>
        ))}
      </ul>
      {rest?.hasMore && (
        <div class="row">
          <Button kind="plain" onClick={rest.more}>
            {session.say(words.page.showMore)}
          </Button>
        </div>
      )}
    </div>
  );
}
