import { orgId } from '@app/kernel';
import { wordsOf } from '../domain/words';
import { slackBody } from './slack-text';

const org = orgId('acme');

function textOf(path: string): string {
  const notice = { kind: 'files_let_in', org, files: 1, paths: [path] } as const;
  const message = { id: 'm', org, at: new Date(), content: { notice, others: {} } };
  const body: unknown = JSON.parse(slackBody(wordsOf(message, 'https://dot.example.com/panel')));
  return (body as { text: string }).text;
}

it('a message for Slack has a bold title, quotes as code and the link', () => {
  expect(textOf('notes/a.md')).toBe(
    '*GitLab sync of acme no longer keeps 1 file out*\n`notes/a.md`\nhttps://dot.example.com/panel',
  );
});

it.each([
  ['<!channel>', '&lt;!channel&gt;'],
  ['<@U012AB3CD>', '&lt;@\u200BU012AB3CD&gt;'],
  ['<https://evil.example|click>', '&lt;https://evil.example|click&gt;'],
  ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
  ['@channel @all', '@\u200Bchannel @\u200Ball'],
  ['a`<!here>`b', 'aˋ&lt;!here&gt;ˋb'],
  ['[x](https://evil.example)', '[x](https://evil.example)'],
])('a message with the path %s mentions no person and has no link', (path, shown) => {
  expect(textOf(path).split('\n')[1]).toBe(`\`${shown}\``);
});
