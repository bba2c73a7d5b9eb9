import { useLayoutEffect, useState } from 'preact/hooks';
import { Icon } from './icon';
import type { FieldIds } from './field';

interface SecretInputProps {
  readonly ids: FieldIds;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly placeholder?: string;
  readonly showLabel: string;
  readonly autofocus?: boolean;
}

/** Renders an input for a secret, which stays hidden until the user shows it. */
export function SecretInput({ ids, value, onValue, placeholder, showLabel, autofocus }: SecretInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <div class="with">
      <input
        {...ids}
        class="input mono"
        type={(shown ? 'text' : 'password') as 'password'}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        autofocus={autofocus}
        dir="ltr"
        placeholder={placeholder}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <ShowButton shown={shown} label={showLabel} onClick={() => setShown(!shown)} />
    </div>
  );
}

export function ShowButton({
  shown,
  label,
  onClick,
}: {
  readonly shown: boolean;
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button
      class="button square"
      part="button"
      type="button"
      aria-pressed={shown}
      aria-label={label}
      onClick={onClick}
    >
      <Icon name="eye" />
    </button>
  );
}

const HIDDEN_AGAIN_MS = 30_000;

/** Holds a secret of the server for half a minute, or until the tab is hidden. */
export function useShown(): [string | null, (secret: string | null) => void] {
  const [secret, setSecret] = useState<string | null>(null);
  // Listens before the secret is painted: a tab may be hidden at any moment.
  useLayoutEffect(() => {
    if (secret === null) return;
    const hide = () => setSecret(null);
    const timer = setTimeout(hide, HIDDEN_AGAIN_MS);
    const whenHidden = () => document.hidden && hide();
    document.addEventListener('visibilitychange', whenHidden);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', whenHidden);
    };
  }, [secret]);
  return [secret, setSecret];
}
