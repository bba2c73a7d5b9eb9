import type { ComponentChildren } from 'preact';
import type { Difference, DiffRow, Part } from '../difference';
import { useSession } from '../session';
import { words } from '../words';

interface DiffProps {
  readonly difference: Difference;
  readonly left: ComponentChildren;
  readonly right: ComponentChildren;
}

/** Shows two texts side by side and marks the differing words. */
export function Diff({ difference, left, right }: DiffProps) {
  const session = useSession();
  return (
    <div class="diff" tabIndex={0} role="group" aria-label={session.say(words.conflict.difference)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{left}</th>
            <th scope="col">{right}</th>
          </tr>
        </thead>
        <tbody>
          {difference.rows.map((row, at) => (
            <Row key={at} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: DiffRow }) {
  const session = useSession();
  if (row.kind === 'fold')
    return (
      <tr>
        <td class="fold" colSpan={2}>
          {session.say(words.conflict.equalLines, { n: row.lines })}
        </td>
      </tr>
    );
  if (row.kind === 'same')
    return (
      <tr>
        <td>{row.text}</td>
        <td class="same">{row.text}</td>
      </tr>
    );
  return (
    <tr>
      <Side parts={row.left} tag="del" />
      <Side parts={row.right} tag="ins" />
    </tr>
  );
}

function Side({ parts, tag: Tag }: { parts: readonly Part[] | null; tag: 'del' | 'ins' }) {
  if (!parts) return <td class="n" />;
  return (
    <td class={Tag === 'del' ? 'd' : 'a'}>
      {parts.map(({ text, marked }) => (marked ? <Tag>{text}</Tag> : text))}
    </td>
  );
}
