import type { Phrase } from '../say';
import { useSession } from '../session';
import { Icon } from './icon';

interface SelectProps {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
  readonly value: string;
  /** The phrase of each value, or its text. */
  readonly options: Readonly<Record<string, Phrase>>;
  readonly onValue: (value: string) => void;
  readonly class?: string;
}

/** Renders the browser's own list of choices, drawn like the combobox. */
export function Select({ options, onValue, value, class: more = '', ...ids }: SelectProps) {
  const session = useSession();
  return (
    <div class={`combo ${more}`}>
      <select {...ids} class="input" value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {Object.entries(options).map(([option, phrase]) => (
          <option key={option} value={option}>
            {session.say(phrase)}
          </option>
        ))}
      </select>
      <Icon name="chevron" />
    </div>
  );
}
