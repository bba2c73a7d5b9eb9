import type { HistoryEntry } from '../domain/change';
import { historyEntryView } from './context.view';

describe('An entry of the history', () => {
  it('shows message and author inert, and its path exactly', () => {
    const entry: HistoryEntry = {
      ...{
        id: '1.0',
        path: 'notes/\u202Egpj.md',
        op: 'put',
        blob: null,
        from: null,
        revision: 1,
        changeId: '1',
      },
      ...{ at: new Date(), origin: 'gitlab', commit: null, runId: null },
      author: { name: 'Ada\u3164', email: 'ada@example.com' },
      message: 'Title\n\n- a\u202Eb ❄️',
    };
    expect(historyEntryView(entry)).toMatchObject({
      path: 'notes/\u202Egpj.md',
      author: { name: 'Ada\\u{3164}', email: 'ada@example.com' },
      message: 'Title\n\n- a\\u{202E}b ❄️',
    });
  });
});
