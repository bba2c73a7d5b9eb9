import { useSession } from '../session';
import { words } from '../words';

/** Shows the path to the page in Dot's settings. A host shows its own path instead. */
export function Crumbs() {
  const session = useSession();
  const { breadcrumb, crumbSettings, crumbVersionControl, title } = words.page;
  return (
    <nav class="crumbs" aria-label={session.say(breadcrumb)}>
      <span>{session.say(crumbSettings)}</span>
      <span aria-hidden="true">/</span>
      <span>{session.say(crumbVersionControl)}</span>
      <span aria-hidden="true">/</span>
      <span aria-current="page">{session.say(title)}</span>
    </nav>
  );
}
