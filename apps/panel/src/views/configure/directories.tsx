import { directoriesIn } from '../../directories';
import { Disclosure } from '../../parts/disclosure';
import { DirectoriesField, type DirectoriesProps } from '../../parts/directories-field';
import { useSession } from '../../session';
import { words } from '../../words';

/** Shows the synced directories and files in one line, which opens on demand. */
export function Directories(props: DirectoriesProps) {
  const session = useSession();
  const list = directoriesIn(props.text).join(', ');
  return (
    <Disclosure
      summary={session.say(words.configure.directories, { list })}
      open={props.missing || props.fault !== null}
    >
      <DirectoriesField {...props} />
    </Disclosure>
  );
}
