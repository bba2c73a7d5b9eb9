import { effect } from '@preact/signals';
import { render } from 'preact';
import type { TokenSource } from './api';
import { App } from './app';
import { claimsOf, takeFromAddress } from './claims';
import { Session, SessionContext } from './session';
import { panelSheet, pageSheet } from './styles';
import { Crumbs } from './parts/crumbs';
import { SignIn } from './views/sign-in';
import { words } from './words';

const ATTRIBUTES = ['api', 'org', 'locale', 'level', 'standalone'];

/** The custom element `<dot-gitlab-sync>`: the settings page of one org. */
export class DotGitLabSync extends HTMLElement {
  static readonly observedAttributes = ATTRIBUTES;
  private readonly root = this.attachShadow({ mode: 'open' });
  private session: Session | null = null;
  private source: TokenSource | null = null;
  private signedInOrg: string | null = null;
  private ends: (() => void)[] = [];
  private scheduled = false;

  /** A token of Dot, or a function that returns one. Never an attribute, which would end up in recordings. */
  set token(token: TokenSource | null) {
    this.source = token;
    this.restart();
  }

  /** Hides the token: always returns null. */
  get token(): null {
    return null;
  }

  connectedCallback(): void {
    if (this.standalone && !this.source) this.takeToken();
    this.restart();
  }

  disconnectedCallback(): void {
    this.end();
  }

  attributeChangedCallback(): void {
    this.restart();
  }

  private get standalone(): boolean {
    return this.hasAttribute('standalone');
  }

  private takeToken(): void {
    const given = takeFromAddress(location, history);
    if (!given) return;
    this.source = given.token;
    this.signedInOrg = given.org ?? claimsOf(given.token)?.org ?? null;
  }

  /** Restarts the page once, even if several attributes change in a row. */
  private restart(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.end();
      if (this.isConnected) this.begin();
    });
  }

  private begin(): void {
    this.root.adoptedStyleSheets = [panelSheet()];
    if (this.standalone) document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageSheet()];
    if (!isSupported()) {
      this.root.textContent = String(words.page.oldBrowser);
      return;
    }
    const org = this.getAttribute('org') ?? this.signedInOrg;
    const session = (this.session = new Session({
      api: this.getAttribute('api') ?? '',
      org: org ?? '',
      token: this.source ?? '',
      locale: localeOf(this.getAttribute('locale') ?? document.documentElement.lang),
      level: Number(this.getAttribute('level')) || (this.standalone ? 1 : 2),
      root: this.root,
    }));
    const signsIn = this.standalone && (!this.source || !org);
    const signIn = (token: string, of: string) => {
      this.signedInOrg = of;
      this.token = token;
    };
    if (!signsIn && (!this.source || !org)) return this.end();
    // The first request is on its way while the page is drawn.
    if (!signsIn) session.start();
    render(
      <SessionContext.Provider value={session}>
        {this.standalone ? (
          <div class="host">
            <Crumbs />
            {signsIn ? <SignIn onToken={signIn} /> : <App />}
          </div>
        ) : (
          <App />
        )}
      </SessionContext.Provider>,
      this.root,
    );
    if (signsIn) return;
    this.ends.push(
      effect(() => this.reportState(session)),
      effect(() => this.reportChanges(session)),
    );
  }

  private end(): void {
    for (const end of this.ends.splice(0)) end();
    this.session?.stop();
    this.session = null;
    render(null, this.root);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== pageSheet());
  }

  private lastState = '';
  private reportState({ status }: Session): void {
    if (!status.value) return;
    const { state, health } = status.value;
    if (this.lastState === `${state} ${health}`) return;
    this.lastState = `${state} ${health}`;
    this.tell('dot-gitlab-sync:state', { state, health });
  }

  private pulled: string | null = null;
  /** Notifies the host that a pull has changed the context, so that it refreshes its editor. */
  private reportChanges({ status }: Session): void {
    const run = status.value?.sync.lastRun;
    if (!run || run.kind === 'push' || run.status !== 'succeeded') {
      if (status.value) this.pulled ??= '';
      return;
    }
    const first = this.pulled === null;
    if (this.pulled === run.id) return;
    this.pulled = run.id;
    if (!first) this.tell('dot-gitlab-sync:context-changed', {});
  }

  private tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function isSupported(): boolean {
  const styles = CSS.supports('color', 'light-dark(red, blue)') && CSS.supports('selector(:has(a))');
  return styles && CSS.supports('container-type', 'inline-size') && 'any' in AbortSignal;
}

/** Returns a locale that the browser supports. A language without a region takes the reader's region. */
function localeOf(wanted: string): string {
  if (navigator.language.startsWith(`${wanted}-`)) return navigator.language;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(wanted || [])[0] ?? navigator.language;
  } catch {
    return navigator.language;
  }
}
