import { useDeletions } from '../deletions';
import { Banner } from '../parts/banner';
import { Button } from '../parts/button';
import { useSession } from '../session';
import { words } from '../words';

/** Asks a person to decide on a pull that would delete many files. */
export function Deletions() {
  const session = useSession();
  const { count, total, asked } = useDeletions();
  const admin = session.admin.value;
  const title = count
    ? session.say(words.deletions.title, { n: count, total })
    : session.say(words.deletions.titleUnknown);
  return (
    <Banner
      tone="wait"
      title={title}
      actions={
        admin && (
          <Button onClick={() => (session.dialog.value = { name: 'deletions' })}>
            {session.say(words.deletions.review)}
          </Button>
        )
      }
    >
      <p>{session.say(asked ? words.deletions.waitsBanner : words.deletions.later)}</p>
      {!admin && <p>{session.say(words.page.askAdmin)}</p>}
    </Banner>
  );
}
