import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialogs } from './dialogs/dialogs';
import { Heading } from './parts/heading';
import { Icon } from './parts/icon';
import { Rich } from './parts/rich';
import { Skeleton } from './parts/skeleton';
import type { ViewName } from './screen';
import { useSession } from './session';
import { Account } from './views/account';
import { Activity } from './views/activity';
import { Closed } from './views/closed';
import { Configure } from './views/configure';
import { Connect } from './views/connect';
import { Deletions } from './views/deletions';
import { Notice } from './views/notice';
import { Plain } from './views/plain';
import { Settings } from './views/settings';
import { State } from './views/state';
import { StopBanner } from './views/stop-banner';
import { Waiting } from './views/waiting';
import { WebhookCard } from './views/webhook-card';
import { Worth } from './views/worth';
import { words } from './words';

const VIEWS: Record<ViewName, () => preact.VNode | null> = {
  skeleton: Skeleton,
  'signed-out': () => <Plain phrase={words.page.signedOut} />,
  forbidden: () => <Plain phrase={words.page.forbiddenOrg} />,
  connect: Connect,
  'not-connected': () => <Plain phrase={words.page.disconnectedMember} />,
  account: Account,
  configure: Configure,
  'no-project': () => <Plain phrase={words.page.connectedMember} />,
  deletions: Deletions,
  banner: StopBanner,
  closed: Closed,
  notice: Notice,
  state: State,
  webhook: WebhookCard,
  worth: Worth,
  waiting: Waiting,
  activity: Activity,
  settings: Settings,
};

/** Renders the page: its title, the views for the current state, and the open dialog. */
export function App() {
  const session = useSession();
  const main = useRef<HTMLElement>(null);
  const views = useStateFirst(useViews());
  useFocusKept(main, views.join());
  return (
    <main class="panel" ref={main} aria-busy={views[0] === 'skeleton' ? 'true' : undefined}>
      <header>
        <Heading level={1}>{session.say(words.page.title)}</Heading>
        {views[0] === 'connect' && <p class="lead">{session.say(words.page.lead)}</p>}
      </header>
      <div class="stack page">
        <Away />
        {session.notice.value && (
          <p class="banner off small">
            <Icon name="clock" />
            <span>{session.say(session.notice.value)}</span>
          </p>
        )}
        {views.map((name) => {
          const View = VIEWS[name];
          return <View key={name} />;
        })}
      </div>
      <Dialogs />
      <div class="vh" role="status">
        {session.announced.value}
      </div>
    </main>
  );
}

/** Warns that Dot does not respond. */
function Away() {
  const session = useSession();
  const live = session.live.state.value;
  if (live === 'fresh') return null;
  const { origin: api } = session.api;
  const { origin } = location;
  // A browser does not say why: Dot does not run, or does not name this origin.
  const elsewhere = !session.status.value && api !== origin;
  const { offline, awayElsewhere, away } = words.page;
  const phrase = live === 'offline' ? offline : elsewhere ? awayElsewhere : away;
  return (
    <p class="banner off">
      <Icon name="clock" />
      <span>
        <Rich of={phrase} values={{ api, origin }} />
      </span>
    </p>
  );
}

/** Returns the views of the screen. The webhook's set-up stays after the first sync has ended. */
function useViews(): readonly ViewName[] {
  const session = useSession();
  const { views } = session.screen.value;
  const goesOn = session.settingUp.value && session.admin.value && views.includes('state');
  if (!goesOn || views.includes('webhook')) return views;
  const at = views.indexOf('state') + 1;
  return [...views.slice(0, at), 'webhook', ...views.slice(at)];
}

/** Holds the views below the state back until the first paint of the state: on a slow machine they would delay it. */
function useStateFirst(views: readonly ViewName[]): readonly ViewName[] {
  const [painted, setPainted] = useState(false);
  const until = views.indexOf('state') + 1;
  useEffect(() => {
    if (until > 0 && !painted) requestAnimationFrame(() => setTimeout(() => setPainted(true)));
  }, [until > 0]);
  return painted || until === 0 ? views : views.slice(0, until);
}

/** Moves the focus to the first heading if the focused element disappeared with the previous screen. */
function useFocusKept(main: { current: HTMLElement | null }, screen: string): void {
  const had = useRef<Element | null>(null);
  const { root } = useSession().options;
  useEffect(() => {
    const keep = () => (had.current = root.activeElement);
    root.addEventListener('focusin', keep);
    return () => root.removeEventListener('focusin', keep);
  }, [root]);
  useEffect(() => {
    if (had.current && !had.current.isConnected && !root.activeElement)
      main.current?.querySelector<HTMLElement>('.page :is(h2, h3, h4)')?.focus();
    had.current = root.activeElement;
  }, [screen]);
}
