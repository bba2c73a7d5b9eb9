import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  forEachChild,
  createSourceFile,
  isConstructorDeclaration,
  ScriptTarget,
  type Node,
} from 'typescript';

const MOST_LINES = 180;
const MOST_PARAMETERS = 8;

/** The fake GitLab plays the outside world and is no part of the product; one file is generated. */
const EXEMPT = /^(?:apps|libs)\/fake-gitlab\/|\.spec\.tsx?$|^libs\/gitlab-sync\/src\/client\/api-types\.ts$/;

const product = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'apps', 'libs'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(?:apps|libs)\/[^/]+\/src\/.*\.tsx?$/.test(file) && !EXEMPT.test(file));

/** Has a documented method for each act of the contract: its doc comments are not counted. */
const FACADE = 'libs/gitlab-sync/src/gitlab-sync.ts';
const DOC_COMMENT = /^ *\/\*\*.*?\*\/\n/gms;

const textOf = (file: string) => readFileSync(file, 'utf8');
const countedTextOf = (file: string) =>
  file === FACADE ? textOf(file).replace(DOC_COMMENT, '') : textOf(file);
const linesIn = (text: string) => text.split('\n').length - 1;

/** Rules out most files before they are parsed. */
const MAY_BE_WIDE = new RegExp(`constructor\\((?:[^,]*,){${MOST_PARAMETERS}}`);

/** Returns the number of parameters of the widest constructor. */
function widestConstructorIn(text: string): number {
  const widestIn = (node: Node): number => {
    let widest = isConstructorDeclaration(node) ? node.parameters.length : 0;
    forEachChild(node, (child) => void (widest = Math.max(widest, widestIn(child))));
    return widest;
  };
  return widestIn(createSourceFile('file.ts', text, ScriptTarget.Latest));
}

describe('The files of the product', () => {
  it('are found', () => expect(product.length).toBeGreaterThan(400));

  it(`have at most ${MOST_LINES} lines`, () => {
    expect(product.filter((file) => linesIn(countedTextOf(file)) > MOST_LINES)).toEqual([]);
  });

  it(`have constructors of at most ${MOST_PARAMETERS} parameters`, () => {
    const candidates = product.filter((file) => MAY_BE_WIDE.test(textOf(file)));
    const wide = candidates.filter((file) => widestConstructorIn(textOf(file)) > MOST_PARAMETERS);
    expect(wide).toEqual([]);
  });

  it.each([
    ['class A { constructor(a: string, private b = { c: [1, 2] }) {} }', 2],
    ['class A { constructor() {} }\nclass B { constructor(a, b, c) {} }', 3],
    ['class A { method(a, b, c) {} }', 0],
  ])('are measured: %s', (text, parameters) => expect(widestConstructorIn(text)).toBe(parameters));
});
