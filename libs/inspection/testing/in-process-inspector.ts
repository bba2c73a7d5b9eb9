import { FileInspector, type Outcome, type Text } from '../src/application/file-inspector.port';
import { inspect } from '../src/rules/inspect';

/** Inspects in the current thread, without limits. For tests, which trust their texts. */
export class InProcessInspector extends FileInspector {
  async inspect(texts: readonly Text[]): Promise<readonly Outcome[]> {
    return texts.map(({ kind, bytes }) => inspect(kind, bytes));
  }
}
