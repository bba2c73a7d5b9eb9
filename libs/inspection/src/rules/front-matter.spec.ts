import { frontMatterOf } from './front-matter';

describe('front matter', () => {
  it.each([
    ['a mapping', '---\ntitle: A\n---\n# Text\n', 'title: A\n'],
    ['at the end of the file', '---\ntitle: A\n---', 'title: A\n'],
    ['ended by dots', '---\ntitle: A\n...\ntext', 'title: A\n'],
    ['with CRLF', '---\r\ntitle: A\r\n---\r\ntext', 'title: A\r\n'],
    ['after a byte order mark', '\uFEFF---\ntitle: A\n---\n', 'title: A\n'],
    ['after a comment', '---\n# about\ntitle: A\n---\n', '# about\ntitle: A\n'],
    ['that is broken', '---\ntitle: [A\n---\n', 'title: [A\n'],
    ['whose key is quoted or has spaces', '---\n"my title": A\n---\n', '"my title": A\n'],
    ['indented by a tab', '---\n\ttitle: A\n---\n', '\ttitle: A\n'],
    ['a flow mapping', '---\n{ title: A\n---\n', '{ title: A\n'],
  ])('is found: %s', (_, markdown, yaml) => expect(frontMatterOf(markdown)).toEqual({ yaml, line: 2 }));

  it.each([
    ['no fence', '# Title\n\ntitle: A\n'],
    ['a fence further down', '\n---\ntitle: A\n---\n'],
    ['a thematic break alone', '---\ntitle: A\n'],
    ['a longer line of dashes', '----\ntitle: A\n----\n'],
    ['prose between two thematic breaks', '---\nSome prose without a key\n---\n'],
    ['paragraphs between two thematic breaks', '---\n\nNote: this: is prose\n\n---\n'],
    ['a heading after a thematic break', '---\n# Title\n\nSome prose: with: colons\n---\n'],
    ['a list between two thematic breaks', '---\n- one\n- two: [\n---\n'],
    ['a link between two thematic breaks', '---\nhttps://example.com\n---\n'],
    ['an empty block', '---\n---\n'],
    ['an empty file', ''],
  ])('is not: %s', (_, markdown) => expect(frontMatterOf(markdown)).toBeNull());
});
