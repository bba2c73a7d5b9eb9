import { Banner } from '../parts/banner';
import { Button } from '../parts/button';
import { useSession } from '../session';
import { words } from '../words';

/** Warns that the token needs attention soon, while the sync still works. */
export function Notice() {
  const session = useSession();
  const { notice } = session.status.value?.connection ?? {};
  if (!notice) return null;
  const admin = session.admin.value;
  return (
    <Banner
      tone="wait"
      title={session.say(words.banner.tokenExpires)}
      actions={
        admin && (
          <Button onClick={() => (session.dialog.value = { name: 'token' })}>
            {session.say(words.banner.replaceToken)}
          </Button>
        )
      }
    >
      <p>{notice}</p>
      {!admin && <p>{session.say(words.page.askAdmin)}</p>}
    </Banner>
  );
}
