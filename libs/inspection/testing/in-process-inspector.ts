import { FileInspector, type Outcome, type Text } from '../src/application/file-inspector.port';
import { inspect } from '../src/rules/inspect';

/** Inspects in this very thread, without limits: for tests, whose texts are their own. */
export class InProcessInspector extends FileInspector {
  async inspect(texts: readonly Text[]): Promise<readonly Outcome[]> {
    return texts.map(({ kind, bytes }) => inspect(kind, bytes));
  }
}
