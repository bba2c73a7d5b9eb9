import { ConfigurationInvalid } from './project-config.errors';
import { parseDirectories } from './directories';

function errorsOf(entries: string[]) {
  try {
    parseDirectories(entries);
  } catch (error) {
    if (error instanceof ConfigurationInvalid) return error.errors;
    throw error;
  }
  return [];
}

describe('Directories', () => {
  it.each([
    ['notes', 'notes'],
    [' notes/ ', 'notes'],
    ['./notes//daily/', 'notes/daily'],
    ['relationships.yaml', 'relationships.yaml'],
    ['docs/README.MD', 'docs/README.MD'],
    ['.github', '.github'],
    ['api.v2', 'api.v2'],
    ['données/été 2026', 'données/été 2026'],
    ['.gitlab', '.gitlab'],
  ])('take %j as %j', (entry, name) => {
    expect(parseDirectories([entry]).directories).toEqual([name]);
  });

  it.each([
    ['', 'must name a directory'],
    ['.', 'must name a directory'],
    ['./', 'must name a directory'],
    ['/', 'must be relative'],
    ['/notes', 'must be relative'],
    ['..', 'must not contain . or ..'],
    ['notes/../secrets', 'must not contain . or ..'],
    ['notes/./a', 'must not contain . or ..'],
    ['.git', 'must not contain .git'],
    ['notes/.GIT/hooks', 'must not contain .git'],
    ['notes\\daily', 'must use /'],
    ['no\ntes', 'must not contain control characters'],
    ['no\0tes', 'must not contain control characters'],
    ['no\ud800tes', 'must not contain control characters'],
    ['report.pdf', 'must be a directory, or a file that ends in .md'],
    ['data/schema.json', 'must be a directory, or a file that ends in .md'],
    ['x'.repeat(501), 'must be at most 500 characters'],
  ])('refuse %j', (entry, detail) => {
    expect(errorsOf(['notes', entry])).toEqual([
      { field: 'directories[1]', detail: expect.stringContaining(detail) },
    ]);
  });

  it('refuse the same entry twice, however it is written', () => {
    expect(errorsOf(['notes', 'reports', './notes/'])).toEqual([
      { field: 'directories[2]', detail: 'repeats an earlier entry' },
    ]);
  });

  it('refuse an empty list and one of more than 100', () => {
    expect(errorsOf([])).toEqual([{ field: 'directories', detail: expect.any(String) }]);
    const many = Array.from({ length: 101 }, (_, index) => `d${index}`);
    expect(errorsOf(many)).toEqual([{ field: 'directories', detail: expect.any(String) }]);
    expect(parseDirectories(many.slice(1)).directories).toHaveLength(100);
  });

  it('name every bad entry', () => {
    expect(errorsOf(['/a', 'b', '..'])?.map(({ field }) => field)).toEqual([
      'directories[0]',
      'directories[2]',
    ]);
  });
});
