/** Files by path. */
export type SampleFiles = Readonly<Record<string, string>>;

export interface Sample {
  readonly count: number;
  readonly bytes: number;
  /** Files with another salt have other texts. */
  readonly salt?: string;
}

const FOLDERS = ['notes', 'data_sources', 'reports', 'skills'];
const PER_FOLDER = 100;
const WORDS = [
  ...['account', 'revenue', 'customer', 'weekly', 'report', 'source', 'table', 'column', 'metric', 'owner'],
  ...[
    'refresh',
    'pipeline',
    'review',
    'quarter',
    'region',
    'segment',
    'product',
    'release',
    'support',
    'team',
  ],
];

/** Context files of one size: of five files, three are YAML and two are Markdown with front matter. */
export function sampleFiles({ count, bytes, salt = '' }: Sample): SampleFiles {
  const files: Record<string, string> = {};
  for (let number = 0; number < count; number++) files[pathOf(number)] = sampleText(number, bytes, salt);
  return files;
}

export function pathOf(number: number): string {
  const folder = FOLDERS[number % FOLDERS.length];
  const topic = Math.floor(number / FOLDERS.length / PER_FOLDER);
  return `${folder}/topic-${topic}/page-${number}.${isYaml(number) ? 'yml' : 'md'}`;
}

export function sampleText(number: number, bytes: number, salt = ''): string {
  const random = randomFrom(number * 7_919 + salt.length * 104_729 + sumOf(salt));
  return isYaml(number) ? yaml(number, bytes, random) : markdown(number, bytes, random);
}

const isYaml = (number: number): boolean => number % 5 < 3;

function yaml(number: number, bytes: number, random: () => number): string {
  let text = `version: 2\nname: source_${number}\ncolumns:\n`;
  while (text.length < bytes) {
    text += `  - name: ${word(random)}_${Math.floor(random() * 1_000)}\n    type: ${word(random)}\n`;
    text += `    description: ${sentence(random, 12)}\n    tests: [unique, not_null]\n`;
  }
  return text;
}

function markdown(number: number, bytes: number, random: () => number): string {
  let text = `---\ntitle: Page ${number}\ntags: [${word(random)}, ${word(random)}]\nowner: ${word(random)}\n---\n\n# Page ${number}\n`;
  while (text.length < bytes) {
    text += `\n## ${sentence(random, 3)}\n\n${sentence(random, 40)}.\n\n- ${sentence(random, 8)}\n- ${sentence(random, 8)}\n`;
  }
  return text;
}

const word = (random: () => number): string => WORDS[Math.floor(random() * WORDS.length)];

const sentence = (random: () => number, words: number): string =>
  Array.from({ length: words }, () => word(random)).join(' ');

const sumOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) % 65_536;

/** A small generator (mulberry32): the same texts in each process. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
