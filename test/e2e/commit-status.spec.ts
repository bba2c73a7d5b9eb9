import { describeWithRedis } from '../support/redis';
import { TestService, type Client, type Mode } from '../support/service';

describe.each<[Mode]>([['embedded'], ['distributed']])('The result on the commit, %s', (mode) => {
  const describeIt = mode === 'distributed' ? describeWithRedis : describe;
  describeIt('over HTTP', () => {
    let service: TestService;
    let admin: Client;
    beforeAll(async () => {
      service = await TestService.start(mode);
      admin = await service.as();
      const project = service.gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
      const { value: token } = service.gitlab.givenToken('ada');
      await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
      await admin.put('gitlab/project', { projectId: project.id, branch: 'main' }).expect(200);
      await admin.settled();
    });
    afterAll(() => service.stop());

    const statuses = (commit: string) =>
      service.gitlab.commitStatuses.of(service.gitlab.project('ada/context'), commit, { all: true });
    const pull = async (files: Record<string, string>) => {
      const head = service.gitlab.git.push('ada/context', 'main', { files });
      await admin.post('gitlab/pull').expect(202);
      const { sync } = await admin.settled();
      return { head, run: (sync.lastRun as { id: string }).id };
    };
    const posted = async (head: string) => {
      const [row] = await admin.until(async () => (statuses(head).length ? statuses(head) : undefined));
      return row;
    };

    it('is off until an admin chooses it, and is then shown with a link to the run', async () => {
      const { head: before } = await pull({ 'notes/a.md': 'aa' });
      const { body } = await admin.patch('gitlab/project', { reportStatus: 'on' }).expect(200);
      expect(body.reportStatus).toBe('on');
      const { head, run } = await pull({ 'notes/b.md': 'b', 'notes/c.md': 'c' });
      expect(await posted(head)).toMatchObject({
        ...{ ref: 'main', name: 'dot/context', state: 'success', description: '2 files taken' },
        targetUrl: `https://dot.example.com/${service.org}/runs/${run}`,
      });
      expect(statuses(before)).toEqual([]);
    });

    it('fails the commit in strict mode if a file is kept out', async () => {
      await admin.patch('gitlab/project', { reportStatus: 'strict' }).expect(200);
      const { head } = await pull({ 'notes/pricing.yaml': 'a: [\n', 'notes/a.md': 'aaa' });
      expect(await posted(head)).toMatchObject({
        state: 'failed',
        description: '1 taken, 1 kept out: notes/pricing.yaml line 2',
      });
    });

    it('disturbs nothing if GitLab refuses it', async () => {
      service.gitlab.project('ada/context').protections = [
        { name: 'main', pushLevel: 0, mergeLevel: 40, allowForcePush: false },
      ];
      const { head } = await pull({ 'notes/a.md': 'aaaa' });
      const asked = () => service.gitlab.calls.all.filter(({ operation }) => operation === 'setCommitStatus');
      await admin.until(async () => asked().length === 3);
      expect(statuses(head)).toEqual([]);
      expect((await admin.get('gitlab')).body).toMatchObject({
        sync: { error: null, lastRun: { kind: 'pull', status: 'succeeded' } },
      });
    });
  });
});
