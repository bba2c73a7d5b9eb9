import { file, pricing } from '../../browser/panel/stage';
import { StagedPage } from '../../browser/panel/staged-page';
import { medianOf } from '../comparison/compare';

const ROUNDS = 5;
const FILES = 10_000;
const LINES = 5_000;
const MOST_MS_TO_ROWS = 200;
const MOST_MS_OF_TASK = 200;

interface Shown {
  /** Milliseconds from the click to the first frame with the rows or lines. */
  readonly ms: number;
  /** Milliseconds of the longest task since the click; 0 if none took 50. */
  readonly longestTask: number;
}

/** Opens the list of 10,000 files, and compares two texts of 5,000 lines that differ in every fourth. */
export async function longContent(): Promise<boolean> {
  const staged = new StagedPage();
  await staged.launch();
  try {
    const lists: Shown[] = [];
    const texts: Shown[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      lists.push(await listFiles(staged));
      texts.push(await compareTexts(staged));
    }
    const rows = medianOf(lists.map(({ ms }) => ms));
    const tasks = [...lists, ...texts].map(({ longestTask }) => longestTask);
    console.log(`first rows of ${FILES} files: median ${describe(lists)}`);
    console.log(`first lines of two texts of ${LINES} lines: median ${describe(texts)}`);
    return rows <= MOST_MS_TO_ROWS && Math.max(...tasks) <= MOST_MS_OF_TASK;
  } finally {
    await staged.close();
  }
}

const describe = (shown: readonly Shown[]): string =>
  `${Math.round(medianOf(shown.map(({ ms }) => ms)))} ms, longest task ` +
  `${Math.round(Math.max(...shown.map(({ longestTask }) => longestTask)))} ms`;

async function listFiles(staged: StagedPage): Promise<Shown> {
  const dot = await staged.begin();
  dot.files = Array.from({ length: FILES }, (_, at) => file(`notes/${String(at).padStart(5, '0')}.md`));
  dot.change({ files: { ...dot.status.files!, total: FILES } });
  return shownBy(staged, 'All files', '.paths.files');
}

async function compareTexts(staged: StagedPage): Promise<Shown> {
  const dot = await staged.begin();
  const lines = Array.from({ length: LINES }, (_, at) => `line ${at} of a long text`);
  dot.texts.set('kept-1', lines.join('\n'));
  dot.texts.set('stands-1', lines.map((line, at) => (at % 4 ? line : `${line}, changed`)).join('\n'));
  dot.conflicts = [pricing];
  dot.changeSync({ conflicts: 1 });
  return shownBy(staged, 'Compare', '.diff ins');
}

/** Clicks a button, and measures in the page until something appears. */
async function shownBy(staged: StagedPage, button: string, wanted: string): Promise<Shown> {
  const page = await staged.open();
  try {
    await page.getByRole('button', { name: button }).waitFor();
    const shown = page.evaluate<Shown>(watch(wanted));
    await page.getByRole('button', { name: button }).click();
    return await shown;
  } finally {
    await staged.end();
  }
}

/** Runs in the page, frame by frame. */
const watch = (wanted: string) => `new Promise((resolve) => {
  let clickedAt = 0;
  let longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  }).observe({ type: 'longtask' });
  addEventListener('click', () => (clickedAt = performance.now()), { capture: true, once: true });
  const look = () => {
    const root = document.querySelector('dot-gitlab-sync').shadowRoot;
    if (!clickedAt || !root.querySelector(${JSON.stringify(wanted)}))
      return void requestAnimationFrame(look);
    const ms = performance.now() - clickedAt;
    setTimeout(() => resolve({ ms, longestTask }), 500); // tasks are reported later
  };
  requestAnimationFrame(look);
})`;
