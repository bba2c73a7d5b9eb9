import type { Fault } from '../api';
import { faultWords } from '../faults';
import { useSession } from '../session';
import { words } from '../words';
import { Disclosure } from './disclosure';
import { Rich } from './rich';

/** Explains how to create a token. */
export function WhereToken() {
  const session = useSession();
  return (
    <Disclosure summary={session.say(words.connect.where)} class="stack tight small">
      <ol class="steps">
        <li>
          <span>
            <Rich of={words.connect.where1} />
          </span>
        </li>
        <li>
          <span>
            <Rich of={words.connect.where2} />
          </span>
        </li>
      </ol>
      <p class="sub">{session.say(words.connect.whereNote)}</p>
    </Disclosure>
  );
}

/** Shows the fault of a token, and links to the GitLab page that creates another. */
export function TokenFault({ fault, instanceUrl }: { readonly fault: Fault; readonly instanceUrl: string }) {
  const session = useSession();
  const { title, link } = faultWords(fault.code);
  const detail = fault.fields[0]?.detail ?? fault.detail;
  const says = session.say(title);
  return (
    <>
      {!detail.startsWith(says) && (
        <b>
          <Rich of={title} />.{' '}
        </b>
      )}
      {detail}
      {link && URL.canParse(instanceUrl) && (
        <>
          {' '}
          <a
            href={`${instanceUrl}/-/user_settings/personal_access_tokens`}
            target="_blank"
            rel="noreferrer noopener"
          >
            {session.say(link.text)}
          </a>
        </>
      )}
    </>
  );
}
