import { ICONS, type IconName } from '../icons';

export function Icon({ name, class: more = '' }: { name: IconName; class?: string }) {
  return (
    <svg
      class={`icon ${more}`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={ICONS[name]} />
    </svg>
  );
}
