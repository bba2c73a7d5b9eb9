import { randomUUID } from 'node:crypto';
import { blobOf, orgId, type ManualClock, type OrgId } from '@app/kernel';
import type { Inspection } from '@app/inspection';
import type { Inspections } from '@app/inspection/testing';

/** A store of results by the present rules, and one by those of the next release, on the same tables. */
interface Subject {
  readonly clock: ManualClock;
  readonly inspections: Inspections;
  readonly next: Inspections;
}

const text = (content: string, kind: 'yaml' | 'markdown' = 'yaml') => ({
  kind,
  blob: blobOf(Buffer.from(content)),
});
const [A, B] = [text('a'), text('b')];
const FINE: Inspection = { problem: null, findings: [] };
const BROKEN: Inspection = {
  problem: { reason: 'yaml_invalid', detail: 'a NUL: \0, a quote: "', line: 1, column: 2 },
  findings: [{ reason: 'credential', rule: 'a key', line: 3, digest: 'abc' }],
};

/** Describes what every store of inspections must do. Other orgs' rows may be there. */
export function describeInspectionsContract(name: string, arrange: () => Promise<Subject>): void {
  describe(`Inspections contract: ${name}`, () => {
    let { clock, inspections, next }: Subject = {} as Subject;
    let org: OrgId;
    let at: Date;
    beforeEach(async () => {
      ({ clock, inspections, next } = await arrange());
      at = clock.now();
      org = orgId(`org-${randomUUID()}`);
    });

    it('knows nothing at first', async () => {
      expect(await inspections.known(org, [A])).toEqual([]);
    });

    it('returns the recorded inspection unchanged', async () => {
      await inspections.record(org, [
        { ...A, inspection: FINE },
        { ...B, inspection: BROKEN },
      ]);
      expect(await inspections.known(org, [A])).toEqual([{ ...A, attempts: 0, at, inspection: FINE }]);
      expect(await inspections.known(org, [B])).toEqual([{ ...B, attempts: 0, at, inspection: BROKEN }]);
    });

    it('keeps kinds and orgs apart', async () => {
      await inspections.record(org, [{ ...A, inspection: FINE }]);
      expect(await inspections.known(org, [text('a', 'markdown')])).toEqual([]);
      expect(await inspections.known(orgId('another'), [A])).toEqual([]);
    });

    it('counts attempts until there is a result', async () => {
      await inspections.begin(org, [A, B]);
      await inspections.begin(org, [B]);
      const known = await inspections.known(org, [A, B]);
      expect(new Map(known.map(({ blob, attempts }) => [blob, attempts]))).toEqual(
        new Map([
          [A.blob, 1],
          [B.blob, 2],
        ]),
      );
      expect(known.map(({ inspection }) => inspection)).toEqual([null, null]);
      await inspections.record(org, [{ ...B, inspection: FINE }]);
      expect(await inspections.known(org, [B])).toEqual([{ ...B, attempts: 0, at, inspection: FINE }]);
    });

    it('takes an attempt back', async () => {
      await inspections.begin(org, [A]);
      await inspections.begin(org, [A]);
      await inspections.withdraw(org, [A, B]);
      expect(await inspections.known(org, [A, B])).toEqual([{ ...A, attempts: 1, at, inspection: null }]);
      await inspections.withdraw(org, [A]);
      await inspections.withdraw(org, [A]);
      expect(await inspections.known(org, [A])).toEqual([{ ...A, attempts: 0, at, inspection: null }]);
    });

    it('returns the start of the last attempt', async () => {
      await inspections.begin(org, [A]);
      clock.advance(1_000);
      await inspections.begin(org, [A]);
      expect(await inspections.known(org, [A])).toEqual([
        { ...A, attempts: 2, at: clock.now(), inspection: null },
      ]);
    });

    it('leaves one attempt at each unfinished text to a person’s request', async () => {
      for (let n = 0; n < 3; n++) await inspections.begin(org, [A]);
      await inspections.begin(org, [text('c')]);
      await inspections.record(org, [{ ...B, inspection: FINE }]);
      await inspections.retry(org);
      expect(await inspections.known(org, [A])).toEqual([{ ...A, attempts: 1, at, inspection: null }]);
      expect(await inspections.known(org, [B])).toEqual([{ ...B, attempts: 0, at, inspection: FINE }]);
      expect(await inspections.known(org, [text('c')])).toMatchObject([{ attempts: 1 }]);
    });

    it('neither uses results of other rules nor counts their attempts', async () => {
      await inspections.record(org, [{ ...A, inspection: FINE }]);
      await inspections.begin(org, [B]);
      expect(await next.known(org, [A, B])).toEqual([]);
      await next.begin(org, [B]);
      await next.record(org, [{ ...A, inspection: BROKEN }]);
      expect(await next.known(org, [A])).toEqual([{ ...A, attempts: 0, at, inspection: BROKEN }]);
      expect(await next.known(org, [B])).toEqual([{ ...B, attempts: 1, at, inspection: null }]);
      expect(await inspections.known(org, [A, B])).toEqual([]);
    });
  });
}
