import { useEffect, useRef, useState } from 'preact/hooks';
import { useSession } from '../session';
import { words } from '../words';
import { Icon } from './icon';

interface CopyProps {
  /** Name of the copied text, for screen readers. */
  readonly what: string;
  readonly text: () => string | Promise<string>;
  /** Selects the text if there is no clipboard. */
  readonly select: () => void;
  readonly onFault?: (error: unknown) => void;
}

const SAID_MS = 3_000;

export function Copy({ what, text, select, onFault }: CopyProps) {
  const session = useSession();
  const [said, setSaid] = useState('');
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    try {
      const copied = await toClipboard(text());
      if (!copied) select();
      const saying = session.say(copied ? words.copy.copied : words.copy.pressKeys);
      setSaid(saying);
      session.announce(saying);
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => setSaid(''), SAID_MS);
    } catch (error) {
      onFault?.(error);
    }
  };
  return (
    <button class="button" part="button" type="button" onClick={() => void copy()}>
      <Icon name={said ? 'check' : 'copy'} />
      {said || session.say(words.copy.copy)}
      <span class="vh"> {what}</span>
    </button>
  );
}

async function toClipboard(text: string | Promise<string>): Promise<boolean> {
  const settled = await text;
  if (!navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(settled);
    return true;
  } catch {
    return false;
  }
}
