import { InMemoryTables } from '@app/database/testing';
import { blobOf, ManualClock, orgId } from '@app/kernel';
import { InMemoryInspections } from '../../testing/in-memory-inspections';
import { checkOf } from '../rules/file-check';
import { FileInspector, type Outcome, type Text } from './file-inspector.port';
import { InspectionLimits } from './inspection-limits';
import { InspectionService } from './inspection.service';
import { FairQueue } from './fair-queue';

const ORG = orgId('acme');
const fileOf = (path: string, content: string) => ({ path, blob: blobOf(Buffer.from(content)), content });
type File = ReturnType<typeof fileOf>;

/** Finds nothing. Records the texts, and fails for some of them as the test requires. */
class NotingInspector extends FileInspector {
  readonly tasks: string[][] = [];
  readonly odd = new Map<string, (alone: boolean) => Outcome | Promise<never>>();

  async inspect(texts: readonly Text[]): Promise<readonly Outcome[]> {
    const contents = texts.map(({ bytes }) => bytes.toString());
    this.tasks.push(contents);
    const outcomes: Outcome[] = [];
    for (const content of contents)
      outcomes.push((await this.odd.get(content)?.(texts.length === 1)) ?? { problem: null, findings: [] });
    return outcomes;
  }
}

describe('the inspection of files', () => {
  let inspector: NotingInspector;
  let inspections: InMemoryInspections;
  let service: InspectionService;
  let clock: ManualClock;
  const limits = new InspectionLimits();
  /** Returns the service as after a restart of the process. */
  const restart = () => {
    inspector = new NotingInspector();
    service = new InspectionService(inspector, inspections, new FairQueue(2), clock, limits);
  };
  beforeEach(() => {
    clock = new ManualClock();
    inspections = new InMemoryInspections(new InMemoryTables(), clock);
    restart();
  });

  async function reasons(...files: File[]): Promise<(string | null | undefined)[]> {
    const contents = new Map(files.map(({ blob, content }) => [blob, Buffer.from(content)]));
    const inspected = await service.inspect(ORG, files, async () => contents);
    return inspected.map((inspection) => inspection && inspection.problem?.reason);
  }

  const textOf = ({ path, blob }: File) => ({ kind: checkOf(path), blob });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => fileOf(`${name}.md`, name));

  it('inspects each text once, whatever the path', async () => {
    await reasons(a, fileOf('copy.md', 'a'), b);
    await reasons(a, b, c);
    expect(inspector.tasks).toEqual([['a', 'b'], ['c']]);
  });

  it('inspects a text once for each kind of file', async () => {
    await reasons(a, fileOf('a.yaml', 'a'), fileOf('a.yml', 'a'));
    expect(inspector.tasks).toEqual([['a', 'a']]);
  });

  it('inspects many texts in few tasks', async () => {
    const files = Array.from({ length: 201 }, (_, n) => ({
      ...fileOf('a.md', `${n}`),
      bytes: Buffer.from(`${n}`),
    }));
    await service.inspectLoaded(ORG, files);
    expect(inspector.tasks.map(({ length }) => length)).toEqual([200, 1]);
  });

  it('reads no text that it knows', async () => {
    await reasons(a);
    const never = () => Promise.reject(new Error('read'));
    expect(await service.inspect(ORG, [a], never)).toEqual([{ problem: null, findings: [] }]);
  });

  it('answers null for a text that is not there', async () => {
    expect(await service.inspect(ORG, [a], async () => new Map())).toEqual([null]);
  });

  it('inspects once what two requests ask for at the same moment', async () => {
    await Promise.all([reasons(a), reasons(a), reasons(a)]);
    expect(inspector.tasks).toEqual([['a']]);
  });

  it('inspects what exceeds the limits once more without others, and goes on with those', async () => {
    inspector.odd.set('a', () => 'exceeded');
    inspector.odd.set('b', (alone) => (alone ? { problem: null, findings: [] } : 'skipped'));
    inspector.odd.set('c', (alone) => (alone ? { problem: null, findings: [] } : 'skipped'));
    expect(await reasons(b, a, c)).toEqual([undefined, 'too_complex', undefined]);
    expect(inspector.tasks.filter((task) => task.includes('a')).map((task) => task.length)).toEqual([3, 1]);
    expect(await reasons(a)).toEqual(['too_complex']);
  });

  /** As if the process had ended so often while it inspected the text. */
  async function endedOver(file: File, times: number): Promise<void> {
    for (let n = 0; n < times; n++) await inspections.begin(ORG, [textOf(file)]);
  }

  it('lets a text over which the process ended twice wait, and nothing else', async () => {
    await endedOver(a, 2);
    expect(await reasons(a, b)).toEqual(['inspection_interrupted', undefined]);
    expect(inspector.tasks).toEqual([['b']]);
  });

  it('inspects it again later without others, which heals a text that did no harm', async () => {
    await endedOver(a, 2);
    clock.advance(limits.retryMs);
    expect(await reasons(a, b, c)).toEqual([undefined, undefined, undefined]);
    expect(inspector.tasks).toContainEqual(['a']);
    expect(await reasons(a)).toEqual([undefined]);
  });

  it.each([
    [3, 2],
    [5, 8],
    [40, limits.longestRetryMs / limits.retryMs],
  ])('inspects it ever more rarely: after %d attempts %d times the first wait', async (times, waits) => {
    await endedOver(a, times);
    clock.advance(waits * limits.retryMs - 1);
    const [waiting] = await service.inspect(ORG, [a], async () => new Map());
    expect(waiting?.problem).toMatchObject({ reason: 'inspection_interrupted', retryAfterMs: 1 });
    clock.advance(1);
    expect(await reasons(a)).toEqual([undefined]);
  });

  it('inspects it once without a wait when a person asks', async () => {
    await endedOver(a, 5);
    await service.retry(ORG);
    expect(await reasons(a)).toEqual([undefined]);
    await endedOver(b, 5);
    await service.retry(ORG);
    await endedOver(b, 1);
    expect(await reasons(b)).toEqual(['inspection_interrupted']);
  });

  it('inspects a text by itself if the process ended during its first inspection', async () => {
    await inspections.begin(ORG, [textOf(a), textOf(b)]);
    expect(await reasons(a, b, c)).toEqual([undefined, undefined, undefined]);
    expect(inspector.tasks.every((task) => task.length === 1)).toBe(true);
  });

  it('counts the attempt before the work, and for as long as it lasts', async () => {
    const seen: number[] = [];
    inspector.odd.set('a', async () => {
      seen.push(...(await inspections.known(ORG, [textOf(a)])).map(({ attempts }) => attempts));
      throw new Error('no worker');
    });
    await expect(reasons(a)).rejects.toThrow('no worker');
    await expect(reasons(a)).rejects.toThrow('no worker');
    expect(seen).toEqual([1, 1]);
    restart();
    expect(await reasons(a)).toEqual([undefined]);
  });
});
