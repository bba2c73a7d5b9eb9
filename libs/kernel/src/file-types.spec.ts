import { FILE_EXTENSIONS, fileTypeOf } from './file-types';

describe('fileTypeOf', () => {
  it.each([
    ['notes/churn.md', 'text/markdown', 'markdown'],
    ['notes/churn.MARKDOWN', 'text/markdown', 'markdown'],
    ['relationships.yaml', 'application/yaml', 'yaml'],
    ['notes/.md', 'text/markdown', 'markdown'],
    ['data_sources/a.b.yml', 'application/yaml', 'yaml'],
  ])('knows %s', (path, mediaType, check) => {
    expect(fileTypeOf(path)).toMatchObject({ mediaType, check });
  });

  it.each(['notes/churn', 'notes/churn.json', 'notes/md', 'notes.md/churn', ''])(
    'knows no type of %p',
    (path) => {
      expect(fileTypeOf(path)).toBeNull();
    },
  );

  it('names the extensions as errors do', () => {
    expect(FILE_EXTENSIONS).toBe('.md, .markdown, .yml or .yaml');
  });
});
