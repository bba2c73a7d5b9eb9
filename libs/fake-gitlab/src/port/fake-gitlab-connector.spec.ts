import { orgId, Secret } from '@app/kernel';
import { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import { FakeGitLabConnector } from './fake-gitlab-connector';

describe('FakeGitLabConnector', () => {
  const one = new FakeGitLabInstance({ url: 'https://one.example.com' });
  const two = new FakeGitLabInstance({ url: 'https://two.example.com' });
  const org = orgId('acme');
  const connector = new FakeGitLabConnector(one, two);

  it('opens the instance that has the URL', async () => {
    const token = new Secret(two.givenToken('ada').value);
    const whoAmI = (instanceUrl: string) => connector.open({ instanceUrl, token, org }).whoAmI();
    await expect(whoAmI(two.url)).resolves.toMatchObject({ username: 'ada' });
    await expect(whoAmI(one.url)).rejects.toMatchObject({ code: 'token_rejected' });
  });

  it('cannot reach an instance that is not there', async () => {
    const gitlab = connector.open({ instanceUrl: 'https://none.example.com', token: new Secret('t'), org });
    await expect(gitlab.whoAmI()).rejects.toMatchObject({ code: 'instance_unreachable' });
  });

  it('gives the same ids to the same story', () => {
    const story = () => {
      const instance = new FakeGitLabInstance();
      const project = instance.givenProject('ada/docs', { files: { 'a.md': 'a\n' } });
      instance.hooks.create(project, { url: 'https://dot.example.com' });
      const head = instance.git.push(project, 'main', { files: { 'b.md': 'b\n' } });
      return [project.id, head, instance.givenToken('ada').value, instance.deliveries.queued];
    };
    expect(JSON.stringify(story())).toBe(JSON.stringify(story()));
  });
});
