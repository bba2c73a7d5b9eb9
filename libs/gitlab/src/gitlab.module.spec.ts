import { Test } from '@nestjs/testing';
import { GitLabModule } from './gitlab.module';
import { GitLabConnector } from './gitlab-connector.port';
import { HttpGitLabConnector } from './http/http-gitlab-connector';
import { FakeGitLabConnector, FakeGitLabInstance } from '@app/fake-gitlab';

describe('GitLabModule', () => {
  it('offers GitLab over HTTP', async () => {
    const app = await Test.createTestingModule({
      imports: [GitLabModule.forRoot({ useValue: { timeoutMs: 1_000 } })],
    }).compile();
    expect(app.get(GitLabConnector)).toBeInstanceOf(HttpGitLabConnector);
  });

  it('offers the connector it is given instead', async () => {
    const connector = new FakeGitLabConnector(new FakeGitLabInstance());
    const app = await Test.createTestingModule({
      imports: [GitLabModule.forRoot({ useValue: { connector } })],
    }).compile();
    expect(app.get(GitLabConnector)).toBe(connector);
  });
});
