import type { ComponentChildren } from 'preact';

/** Shows a long list of paths in a scrolling box. Rows outside the box cost nothing to draw. */
export function Paths({
  items,
  label,
  children,
}: {
  readonly items: readonly { readonly path: string; readonly tag?: string; readonly from?: string | null }[];
  readonly label: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="paths" tabIndex={0} role="group" aria-label={label}>
      <ul>
        {items.map(({ path, tag, from }) => (
          <li key={`${tag} ${path}`}>
            <bdi dir="ltr">{from ? `${from} → ${path}` : path}</bdi>
            {tag && <span class="tag">{tag}</span>}
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}
