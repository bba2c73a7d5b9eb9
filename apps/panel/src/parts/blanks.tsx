/** Reserves room for rows that are still loading, so that the content below does not jump. */
export function Blanks({ rows, tall = false }: { readonly rows: number; readonly tall?: boolean }) {
  return (
    <ul class="lines" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <li key={row} class={tall ? 'blank tall' : 'blank'} />
      ))}
    </ul>
  );
}
