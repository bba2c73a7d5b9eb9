import type { FileInspector, Outcome, Text } from '@app/inspection/testing';

interface Subject {
  readonly inspector: FileInspector;
  close(): Promise<unknown>;
}

const yaml = (text: string): Text => ({ kind: 'yaml', bytes: Buffer.from(text) });
const markdown = (text: string): Text => ({ kind: 'markdown', bytes: Buffer.from(text) });

/** Describes what every inspector must do with texts that stay within the limits. */
export function describeFileInspectorContract(name: string, arrange: () => Subject): void {
  describe(`File inspector contract: ${name}`, () => {
    let subject: Subject;
    beforeAll(() => {
      subject = arrange();
    });
    afterAll(() => subject.close());

    /** Asks again for skipped texts: at least one text is inspected each time. */
    async function all(texts: readonly Text[]): Promise<readonly Outcome[]> {
      const outcomes = await subject.inspector.inspect(texts);
      const done = outcomes.filter((outcome) => outcome !== 'skipped');
      return done.length < texts.length ? [...done, ...(await all(texts.slice(done.length)))] : done;
    }

    it('answers one inspection per text, in their order', async () => {
      const outcomes = await all([
        yaml('a: 1\n'),
        yaml('a: [\n'),
        markdown('a: [\n'),
        markdown('---\na: [\n---\n'),
        markdown('postgres://ada:hunter-2@db.acme.com\n'),
      ]);
      expect(outcomes).toMatchObject([
        { problem: null, findings: [] },
        { problem: { reason: 'yaml_invalid', line: 2, column: 1 }, findings: [] },
        { problem: null, findings: [] },
        { problem: { reason: 'front_matter_invalid', line: 3, column: 1 }, findings: [] },
        { problem: null, findings: [{ reason: 'credential', rule: 'a password in a URL', line: 1 }] },
      ]);
    });

    it('takes any bytes, also none and a part of a larger buffer', async () => {
      const bytes = Buffer.from('xxxxa: 1\nxxxx').subarray(4, 9);
      const outcomes = await all([
        yaml(''),
        { kind: 'yaml', bytes },
        { kind: 'other', bytes: Buffer.from([0xff]) },
      ]);
      expect(outcomes).toMatchObject([
        { problem: null },
        { problem: null },
        { problem: { reason: 'not_utf8' } },
      ]);
    });

    it('answers the same for many at a time as for each', async () => {
      const texts = Array.from({ length: 40 }, (_, n) => yaml(n % 3 ? `a: ${n}\n` : `a: [${n}\n`));
      const allSettledOrThrow = await all(texts);
      const each = await Promise.all(texts.map(async (text) => (await subject.inspector.inspect([text]))[0]));
      expect(each).toEqual(allSettledOrThrow);
    });
  });
}
