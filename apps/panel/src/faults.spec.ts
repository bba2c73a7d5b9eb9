import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS, faultWords } from './faults';
import { Speech } from './say';

const SCHEMA = readFileSync(join(__dirname, '../../../libs/gitlab-sync/src/client/api-types.ts'), 'utf8');
const GUIDE = readFileSync(join(__dirname, '../../../docs/troubleshooting.md'), 'utf8');
/** Codes of routes that the page never calls, and reasons that only files have. */
const NOT_ANSWERED = ['too_many_operations'];

/** The codes in the first column of the tables above the reasons of files. */
const guided = GUIDE.split('## Reasons for quarantine')[0].matchAll(/^\| `(\w+)` /gm);

describe('The copy deck', () => {
  it('has a row for every code of the guide to errors', () => {
    const missing = [...guided].map(([, code]) => code).filter((code) => !Object.hasOwn(FAULTS, code));
    expect(missing.filter((code) => !NOT_ANSWERED.includes(code))).toEqual([]);
  });

  it('has a row for every code that the API describes', () => {
    const described = new Set(
      [...SCHEMA.matchAll(/@description (`\w+`(?:, `\w+`)*) \*\/\s+[45]\d\d: \{/g)].flatMap(([, codes]) =>
        codes.split(', ').map((code) => code.replaceAll('`', '')),
      ),
    );
    const missing = [...described].filter((code) => !Object.hasOwn(FAULTS, code));
    expect(missing.filter((code) => !NOT_ANSWERED.includes(code))).toEqual([]);
    expect(described.size).toBeGreaterThan(20);
  });

  it('says a title for each, without an exclamation mark', () => {
    const speech = new Speech('en');
    for (const [code, { title }] of Object.entries(FAULTS)) {
      expect([code, speech.say(title)]).toEqual([code, expect.stringMatching(/^[^!]+$/)]);
    }
  });

  it('stops with the words of the API if a code is new', () => {
    expect(faultWords('brand_new')).toMatchObject({ stop: 'banner', at: 'button' });
    expect(faultWords('toString')).toBe(faultWords('brand_new'));
  });
});
