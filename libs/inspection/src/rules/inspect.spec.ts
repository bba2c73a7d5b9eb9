import { inspect, MOST_FINDINGS } from './inspect';

const secret = (n: number) => `postgres://ada:hunter-${n}@db.acme.com\n`;
const findings = (text: string) => inspect('markdown', Buffer.from(text)).findings;

describe('inspecting a text', () => {
  it('answers its problem and its findings', () => {
    const { problem, findings } = inspect('yaml', Buffer.from(`a: [\nb: ${secret(1)}`));
    expect(problem).toMatchObject({ reason: 'yaml_invalid' });
    expect(findings).toMatchObject([{ rule: 'a password in a URL', line: 2 }]);
  });

  it('names a repeated finding once, at its first line', () => {
    expect(findings(`\n${secret(1).repeat(500)}${secret(2)}`).map(({ line }) => line)).toEqual([2, 502]);
  });

  it('keeps a bounded number of findings, the last of which is about all others', () => {
    const many = Array.from({ length: MOST_FINDINGS + 50 }, (_, n) => secret(n));
    const [one, other] = [many, [...many, secret(9_999)]].map((lines) => findings(lines.join('')));
    expect([one.length, other.length]).toEqual([MOST_FINDINGS, MOST_FINDINGS]);
    expect(other.slice(0, -1)).toEqual(one.slice(0, -1));
    expect(other.at(-1)?.digest).not.toBe(one.at(-1)?.digest);
  });

  it('quotes little of a text, and nothing that a database refuses', () => {
    const text = `a: *${'x'.repeat(100_000)}\nb: ]\0\n`;
    const { problem } = inspect('yaml', Buffer.from(text));
    expect(problem?.detail.length).toBeLessThan(500);
    expect(problem?.detail).not.toMatch(/\p{Cc}/u);
  });
});
