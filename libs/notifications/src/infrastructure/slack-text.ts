import type { Words } from '../domain/words';

/** Takes effect away from markup: Slack obeys angle brackets only, Mattermost and Rocket.Chat also obey an @. */
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/@/g, '@\u200B');

/** Shows a text of people as code, in which no markup counts. */
const quoted = (text: string): string => `\`${escaped(text).replaceAll('`', 'ˋ')}\``;

/** Returns the body for an incoming webhook of Slack, or of a chat that takes the same. */
export function slackBody({ title, lines, link }: Words): string {
  const text = [
    `*${escaped(title)}*`,
    ...lines.map(({ text, quote }) =>
      [text && escaped(text), quote && quoted(quote)].filter(Boolean).join(' '),
    ),
    escaped(link),
  ].join('\n');
  return JSON.stringify({ text, unfurl_links: false, unfurl_media: false });
}
