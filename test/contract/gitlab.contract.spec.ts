import { describeAdministeredGitLabContract, describeGitLabContract } from './gitlab.contract';
import { fakeInProcess, fakeOverHttp } from './gitlab/fake-subject';
import { realGitLab } from './gitlab/real-subject';

const { GITLAB_TEST_URL: url, GITLAB_TEST_TOKEN: token } = process.env;

describeAdministeredGitLabContract('FakeGitLab in process', fakeInProcess);

describeAdministeredGitLabContract('HttpGitLab against the fake over HTTP', fakeOverHttp);

describeAdministeredGitLabContract('HttpGitLab against the fake below a path of its host', () =>
  fakeOverHttp({}, '/tools/gitlab'),
);

describeGitLabContract('HttpGitLab against the fake as of version 13.12', () =>
  fakeOverHttp({ version: '13.12.0' }),
);

if (url && token) describeGitLabContract(`HttpGitLab against ${url}`, () => realGitLab(url, token));
else
  describe('GitLab contract: HttpGitLab against a real GitLab', () => {
    it.skip('runs when GITLAB_TEST_URL and GITLAB_TEST_TOKEN are set', () => undefined);
  });
