import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Conflict, TextSide } from '../../contract';
import { differenceOf } from '../../difference';
import { Diff } from '../../parts/diff';
import { Disclosure } from '../../parts/disclosure';
import { Sha } from '../../parts/rich';
import { Time } from '../../parts/time';
import { clip } from '../../say';
import { useSession } from '../../session';
import { readText } from '../../texts';
import { words } from '../../words';

/** The replaced text and the current one; null if a side deleted the file. */
export interface Both {
  readonly kept: string | null;
  readonly stands: string | null;
}

/** Shows both texts side by side. */
export function Texts({ conflict, texts }: { conflict: Conflict; texts: Both }) {
  const session = useSession();
  const { kept, stands } = texts;
  const difference = useMemo(() => differenceOf(kept ?? '', stands ?? ''), [kept, stands]);
  const [won, lost] =
    conflict.winner === 'dot' ? [words.sides.dot, words.sides.gitlab] : [words.sides.gitlab, words.sides.dot];
  if (difference?.equal) return <p class="sub">{session.say(words.conflict.equal)}</p>;
  return (
    <>
      {difference ? (
        <Diff
          difference={difference}
          left={
            <SideHead
              title={session.say(words.conflict.keptHere, { side: session.say(lost) })}
              side={conflict.kept}
            />
          }
          right={
            <SideHead
              title={session.say(stands === null ? words.conflict.deletedNow : words.conflict.standsNow, {
                side: session.say(won),
              })}
              side={conflict.stands ?? null}
            />
          }
        />
      ) : (
        <p class="sub">{session.say(words.conflict.tooFar)}</p>
      )}
      {difference?.cut && <p class="sub small">{session.say(words.conflict.long)}</p>}
      {(!difference || difference.cut) && (
        <div class="asides">
          <Whole summary={session.say(words.conflict.openKept)} text={kept} />
          <Whole summary={session.say(words.conflict.openStands)} text={stands} />
        </div>
      )}
    </>
  );
}

function SideHead({ title, side }: { title: string; side: TextSide | null }) {
  return (
    <>
      {title}
      {side && (
        <small>
          <bdi>{clip(side.author.name, 60)}</bdi>, <Time at={side.at} style="hour" />
          {side.commit && (
            <>
              {' · '}
              <Sha id={side.commit} />
            </>
          )}
        </small>
      )}
    </>
  );
}

function Whole({ summary, text }: { summary: string; text: string | null }) {
  return text === null ? null : (
    <Disclosure summary={summary}>
      <pre class="text" tabIndex={0} dir="ltr" role="group" aria-label={summary}>
        {text}
      </pre>
    </Disclosure>
  );
}

export function useTexts({ kept, stands, path }: Conflict): Both | null {
  const session = useSession();
  const [texts, setTexts] = useState<Both | null>(null);
  useEffect(() => {
    let over = false;
    const standing =
      stands === undefined ? { file: path } : stands?.version ? { version: stands.version } : { file: path };
    Promise.all([
      kept.version ? readText(session.api, { version: kept.version }) : null,
      stands === null ? null : readText(session.api, standing),
    ]).then(
      ([lost, won]) => !over && setTexts({ kept: lost, stands: won }),
      (error: unknown) => session.heed(error),
    );
    return () => void (over = true);
  }, [kept.version, stands?.version]);
  return texts;
}
