import type { ComponentChildren } from 'preact';
import type { Phrase, Values } from '../say';
import { useSession } from '../session';

/** Renders a phrase with its marks. `[link]` leads to `href`. */
export function Rich({ of, values, href }: { of: Phrase; values?: Values; href?: string }) {
  const { speech } = useSession();
  return (
    <>
      {speech.pieces(of, values).map(({ kind, text, whole }) => {
        if (kind === 'code')
          return (
            <code dir="ltr" title={whole}>
              {text}
            </code>
          );
        if (kind === 'bold') return <b title={whole}>{text}</b>;
        if (kind === 'link') return <Out href={href}>{text}</Out>;
        return whole ? <span title={whole}>{text}</span> : text;
      })}
    </>
  );
}

interface OutProps {
  readonly href: string | undefined;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** Links to the connected GitLab only. Renders any other address as text. */
export function Out({ href, class: kind, children }: OutProps) {
  const { connection } = useSession().status.value ?? {};
  if (!href || !isBelow(href, connection?.instanceUrl)) return <span class={kind}>{children}</span>;
  return (
    <a class={kind} href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function isBelow(href: string, instanceUrl: string | undefined): boolean {
  if (!instanceUrl || !URL.canParse(href)) return false;
  const { origin, protocol } = new URL(href);
  return origin === new URL(instanceUrl).origin && (protocol === 'https:' || protocol === 'http:');
}

/** Shows the first characters of a commit's id. */
export function Sha({ id }: { id: string }) {
  const { project } = useSession().status.value ?? {};
  return (
    <Out class="mono" href={project ? `${project.webUrl}/-/commit/${id}` : undefined}>
      <bdi dir="ltr" title={id}>
        {id.slice(0, 7)}
      </bdi>
    </Out>
  );
}
