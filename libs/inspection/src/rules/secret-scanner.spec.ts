import { scanText } from './secret-scanner';

/** Built here, so that no scanner reports this file as a leak. */
const A = (length: number) => 'a1B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ'.repeat(60).slice(0, length);
const found = (text: string) => scanText(Buffer.from(text)).map(({ line, rule }) => `${line}: ${rule}`);

describe('What should not leave for GitLab', () => {
  it.each([
    ['a GitLab token', `glpat-${A(20)}`],
    ['a GitLab token', `glptt-${A(40)}`],
    ['a GitHub token', `ghp_${A(36)}`],
    ['a GitHub token', `github_pat_${A(82)}`],
    ['an AWS access key', 'AKIA' + 'QWERTYUIOP234567'],
    ['a Google API key', `AIza${A(35)}`],
    ['a Slack token', `xoxb-${A(24)}`],
    ['a Slack webhook', `https://hooks.slack.com/services/T${A(8)}/B${A(8)}/${A(24)}`],
    ['a Stripe key', `sk_live_${A(24)}`],
    ['an AI provider key', `sk-ant-${A(40)}`],
    ['a Hugging Face token', `hf_${A(34)}`],
    ['an npm token', `npm_${A(36)}`],
    ['a SendGrid key', `SG.${A(22)}.${A(43)}`],
    ['a Databricks token', `dapi${'0123456789abcdef'.repeat(2)}`],
    ['a JSON web token', `eyJ${A(20)}.eyJ${A(40)}.${A(43)}`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${A(64)}`],
    ['a private key', `-----BEGIN PRIVATE KEY-----\n${A(64)}`],
    ['a password in a URL', 'postgres://report:hunter2@db.acme.com/sales'],
    ['a control character that changes the direction of the text', 'safe \u202E txet'],
    ['invisible text', `nothing here${String.fromCodePoint(0xe0048, 0xe0069)}`],
  ])('is %s', (rule, secret) => {
    expect(found(`# Title\n\nUse ${secret} here\n`)).toEqual([`3: ${rule}`]);
  });

  it.each([
    'Put your token (glpat-xxxxxxxxxxxxxxxxxxxx) here',
    'glpat-your-token-goes-here-please',
    'AKIA' + 'IOSFODNN7EXAMPLE',
    'postgres://user:password@host/db and postgres://user:${PASSWORD}@host and mysql://u:<secret>@h',
    'postgresql://postgres:postgres@airflow_db',
    'https://gitlab.com/ada/context at 10:30@noon',
    'mailto:ada@example.com, git@gitlab.com:ada/context.git',
    'eyJ is how a token begins; BEGIN PRIVATE KEY is how a key does',
    '-----BEGIN PRIVATE KEY----- (the text of your key) -----END PRIVATE KEY-----',
    '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} Scotland',
    'שלום, emoji 👩‍💻 and accents é',
    'skill-ant-hill sk-learn task-proj-1 hf_model',
  ])('is not: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('is reported with its line, one by one', () => {
    expect(found(`a\nglpat-${A(20)}\nb\nhttps://ada:s3cret@x.org \u202E`)).toEqual([
      '2: a GitLab token',
      '4: a password in a URL',
      '4: a control character that changes the direction of the text',
    ]);
  });

  it('is known again by a digest, which says nothing', () => {
    const secret = `glpat-${A(20)}`;
    const [one] = scanText(Buffer.from(secret));
    const [moved] = scanText(Buffer.from(`\n\n${secret}`));
    expect(moved.digest).toBe(one.digest);
    expect(JSON.stringify(one)).not.toContain(secret);
  });

  it.each([
    'a',
    'eyJ-',
    'eyJaaaaaaaaaa.',
    'glpat-',
    'a://',
    'a:b@',
    'x://y:',
    '-----BEGIN A ',
    'hooks.slack.com/services/T',
    ' ',
    '\u202E\n',
    '\u{E0041}',
  ])(
    'is looked for to the end, also in a megabyte of %j',
    (piece) => {
      const content = Buffer.from(piece.repeat(1_000_000 / piece.length));
      expect(scanText(content)).toEqual(expect.any(Array));
    },
    60_000,
  );
});
