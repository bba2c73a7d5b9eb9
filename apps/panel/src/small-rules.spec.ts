import { claimsOf, takeFromAddress } from './claims';
import { byDirectory, directoriesIn, isInside } from './directories';
import { blobUrl } from './gitlab-urls';
import { instanceOf } from './instance-url';
import { changeOf, draftOf, newSecret } from './notifications';
import { bare, isDots, mayBeSent } from './reasons';
import { sizeOf } from './sizes';

describe('The instance URL that Dot derives from the input', () => {
  it.each([
    ['', 'https://gitlab.com'],
    [' https://gitlab.your-company.com/data/context ', 'https://gitlab.your-company.com'],
    ['gitlab.your-company.com', 'https://gitlab.your-company.com'],
    ['http://gitlab.local:8080/x', 'http://gitlab.local:8080'],
    ['ftp://gitlab.local', 'ftp://gitlab.local'],
    ['https://', 'https://'],
  ])('%j is %s', (typed, instance) => {
    expect(instanceOf(typed)).toBe(instance);
  });
});

describe('Directories as they are typed', () => {
  it('are one on a line or parted by commas, without slashes around them, each once', () => {
    expect(directoriesIn(' notes/\n/reports, skills\n\nnotes')).toEqual(['notes', 'reports', 'skills']);
  });

  it('hold what lies in them, and not what begins alike', () => {
    expect(['notes/a.md', 'notes', 'notes2/a.md'].map((path) => isInside(['notes'], path))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('Why a file is kept out', () => {
  it('names the side of the file, and says if an admin may send it', () => {
    const of = (code: string) => ({ code, message: '', line: null, column: null });
    expect(
      ['credential', 'ping_pong', 'yaml_invalid'].map((code) => [isDots(of(code)), mayBeSent(of(code))]),
    ).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
    expect(bare('It does not parse. ')).toBe('It does not parse');
  });
});

describe('A token in the address', () => {
  const payload = Buffer.from(JSON.stringify({ org: 'acme', name: 'Ædé' })).toString('base64url');
  const token = `x.${payload}.y`;
  const place = (hostname: string, hash: string) =>
    ({ hostname, hash, pathname: '/panel', search: '' }) as Location;

  function take(hostname: string, hash: string) {
    const addresses: unknown[] = [];
    const history = { state: null, replaceState: (...args: unknown[]) => addresses.push(args[2]) };
    return [takeFromAddress(place(hostname, hash), history as unknown as History), addresses];
  }

  it('is accepted only on this machine, and is removed from there', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      expect(take(host, `#token=${token}&org=acme`)).toEqual([{ token, org: 'acme' }, ['/panel']]);
    for (const host of ['dot.example.com', '127.0.0.1.example.com', 'localhost.example.com'])
      expect(take(host, `#token=${token}`)).toEqual([null, ['/panel']]);
    expect(take('localhost', '#else')).toEqual([null, []]);
  });

  it('names its org', () => {
    expect(claimsOf(token)).toMatchObject({ org: 'acme', name: 'Ædé' });
    for (const wrong of ['', 'glpat-x', 'a.%%.b', `a.${Buffer.from('1').toString('base64url')}.b`])
      expect(claimsOf(wrong)?.org).toBeUndefined();
  });
});

describe('Addresses and sizes', () => {
  it('escape each part of a path on GitLab', () => {
    const project = { webUrl: 'https://gitlab.com/acme/context', branch: 'feature/a b' } as never;
    expect(blobUrl(project, 'notes/what?#.md', 14)).toBe(
      'https://gitlab.com/acme/context/-/blob/feature/a%20b/notes/what%3F%23.md#L14',
    );
  });

  it('are said in the unit that fits', () => {
    expect([0, 1_023, 1_536, 1_073_741_824].map((bytes) => sizeOf('en', bytes))).toEqual([
      '0 byte',
      '1,023 byte',
      '1.5 kB',
      '1 GB',
    ]);
  });

  it('count deletions by directory, the fullest first', () => {
    const paths = ['reports/a.md', 'notes/b.md', 'reports/2024/c.md', 'relationships.yaml'];
    expect(byDirectory(paths.map((path) => ({ path })))).toEqual([
      { directory: 'reports/', n: 2 },
      { directory: 'notes/', n: 1 },
      { directory: 'relationships.yaml', n: 1 },
    ]);
  });
});

describe('The changes that the form of notifications asks for', () => {
  const none = { ...{ webhook: null, slack: null, email: [] }, deliveredBy: 'channels' as const };
  const some = {
    ...{ webhook: { url: 'https://a.example' }, slack: { url: 'https://hooks.slack.com' } },
    ...{ email: ['a@example.com'], deliveredBy: 'channels' as const },
  };
  const more = { emailAvailable: true, channels: [] };

  it.each([
    ['none, if nothing was typed', none, {}, {}],
    ['none, if nothing was changed', some, {}, {}],
    ['the chat', some, { chat: ' https://b.example ' }, { slack: { url: 'https://b.example' } }],
    ['the secret', some, { secret: 'x' }, { webhook: { url: 'https://a.example', secret: 'x' } }],
    ['the URL', some, { url: 'https://b.example' }, { webhook: { url: 'https://b.example' } }],
    ['no webhook', some, { url: '' }, { webhook: null }],
    [
      'the addresses',
      some,
      { email: 'a@example.com, b@example.com\n' },
      { email: ['a@example.com', 'b@example.com'] },
    ],
    ['no addresses', some, { email: '' }, { email: [] }],
  ])('are %s', (_, before, typed, change) => {
    const present = { ...before, ...more };
    expect(changeOf(present, { ...draftOf(present), ...typed })).toEqual(change);
  });

  it('hold another secret each time, of 32 bytes', () => {
    const [one, other] = [newSecret(), newSecret()];
    expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(one).not.toBe(other);
  });
});
