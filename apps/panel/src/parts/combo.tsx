import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSearch, type ComboPage } from '../search';
import { useSession } from '../session';
import { words } from '../words';
import { Field, type FieldIds } from './field';
import { Icon } from './icon';

interface ComboProps<Item> {
  readonly label: string;
  readonly value: Item | null;
  readonly onValue: (item: Item | null) => void;
  readonly nameOf: (item: Item) => string;
  readonly load: (search: string, cursor: string | null) => Promise<ComboPage<Item>>;
  readonly render: (item: Item) => ComponentChildren;
  readonly isOff?: (item: Item) => boolean;
  /** Returns the list's message if no item matches the search. */
  readonly empty: (search: string) => string;
  readonly placeholder?: string;
  readonly fault?: ComponentChildren;
  readonly help?: ComponentChildren;
  readonly onFault: (error: unknown) => void;
}

/** Renders the combobox of the ARIA authoring practices. The server searches its list page by page. */
export function Combo<Item>({ label, fault, help, ...list }: ComboProps<Item>) {
  return (
    <Field label={label} fault={fault} help={help}>
      {(ids) => <Box {...list} label={label} ids={ids} />}
    </Field>
  );
}

function Box<Item>(props: ComboProps<Item> & { readonly ids: FieldIds }) {
  const { ids, value, nameOf, render, isOff, label } = props;
  const session = useSession();
  const search = useSearch(props.load, props.onFault);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLUListElement>(null);
  const { items, nextCursor } = search;
  const rows = items.length + (nextCursor ? 1 : 0);
  const shown = open && rows > 0;
  const idOf = (row: number) => `${ids.id}-${row}`;

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const start = () => {
    if (open) return;
    setOpen(true);
    setActive(-1);
    search.all();
  };
  /** Closes the list and restores the chosen item; drops typed text. */
  const close = () => {
    setOpen(false);
    setTyped(null);
    setActive(-1);
  };
  const pick = (row: number) => {
    if (row === items.length) return search.more();
    const item = items[row];
    if (!item || isOff?.(item)) return;
    props.onValue(item);
    close();
  };
  const move = (by: number) => {
    if (!open) return start();
    if (rows) setActive((active + by + rows + (active < 0 && by < 0 ? 1 : 0)) % rows);
  };
  const keys: Record<string, () => boolean | void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => (shown && active >= 0 ? pick(active) : false),
    Escape: () => (open ? close() : false),
  };

  return (
    <div class="combo">
      <input
        {...ids}
        class="input"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? `${ids.id}-list` : undefined}
        aria-activedescendant={shown && active >= 0 ? idOf(active) : undefined}
        autocomplete="off"
        placeholder={props.placeholder}
        spellcheck={false}
        dir="auto"
        value={typed ?? (value === null ? '' : nameOf(value))}
        onClick={() => (open ? close() : start())}
        onBlur={close}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          setOpen(true);
          setActive(-1);
          search.for(text);
        }}
        onKeyDown={(event) => {
          // Enter picks an item without sending the form; Escape closes the list and not the dialog.
          if (event.key in keys && keys[event.key]() !== false) {
            event.preventDefault();
            event.stopPropagation();
          }
        }}
      />
      <Icon name="chevron" />
      {shown && (
        <ul class="list" role="listbox" id={`${ids.id}-list`} aria-label={label} ref={list}>
          {items.map((item, row) => (
            <Option
              key={nameOf(item)}
              id={idOf(row)}
              active={row === active}
              selected={value !== null && nameOf(value) === nameOf(item)}
              off={isOff?.(item)}
              onPick={() => pick(row)}
              onPoint={() => setActive(row)}
            >
              {render(item)}
            </Option>
          ))}
          {nextCursor && (
            <Option
              id={idOf(items.length)}
              active={active === items.length}
              onPick={search.more}
              onPoint={() => setActive(items.length)}
            >
              <span class="more">{session.say(words.configure.more)}</span>
            </Option>
          )}
        </ul>
      )}
      {open && !rows && (
        <p class="list none sub" role="status">
          {search.busy ? session.say(words.configure.searching) : props.empty(search.text)}
        </p>
      )}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly active: boolean;
  readonly selected?: boolean;
  readonly off?: boolean;
  readonly onPick: () => void;
  readonly onPoint: () => void;
  readonly children: ComponentChildren;
}

function Option({ id, active, selected = false, off = false, onPick, onPoint, children }: OptionProps) {
  return (
    <li
      id={id}
      role="option"
      class={[active && 'active', off && 'off'].filter(Boolean).join(' ')}
      aria-selected={selected}
      aria-disabled={off || undefined}
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => !active && onPoint()}
      onClick={onPick}
    >
      {children}
    </li>
  );
}
