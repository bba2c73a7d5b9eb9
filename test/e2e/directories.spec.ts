import { TestService, type Client } from '../support/service';

describe('Directories that match nothing', () => {
  let service: TestService;
  let admin: Client;
  const warnings = async () => (await admin.get('gitlab').expect(200)).body.project.warnings;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
  });
  afterAll(() => service.stop());

  it('are answered with what would do, until there are files', async () => {
    const project = service.gitlab.givenProject('ada/context', { files: { 'docs/a.md': 'a' } });
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    const body = { projectId: project.id, directories: ['DOCS', 'wiki', '*'] };
    const { body: view } = await admin.put('gitlab/project', body).expect(200);
    expect(view.warnings).toEqual([
      'DOCS matches nothing, because upper and lower case differ; name docs instead',
      'wiki matches nothing; the branch has docs',
      '* is a pattern, and patterns are not supported; name directories instead: the branch has docs',
    ]);
    expect(await warnings()).toEqual(view.warnings);

    await admin.put('context/files/wiki/only-in-dot.md', '# Only in Dot').expect(201);
    expect(await warnings()).toEqual([view.warnings[0], view.warnings[2]]);

    await admin.patch('gitlab/project', { directories: ['docs', 'wiki'] }).expect(200);
    expect(await warnings()).toEqual([]);
  });
});
