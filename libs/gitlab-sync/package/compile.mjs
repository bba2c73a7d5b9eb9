import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** The face of a library, or one of its parts: `@app/kernel`, `@app/kernel/testing`, `@app/audit/http`. */
const ALIAS = /(["'])@app\/([\w-]+)(?:\/([\w-]+))?\1/g;

export function compilerOptions(root) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  return { ...options, types: ['node'], incremental: false, tsBuildInfoFile: undefined, sourceMap: false };
}

/**
 * Compiles every source that the roots reach to a CommonJS module below `lib/`, without aliases.
 * @returns for each root the names of the values that it exports
 */
export function compile(root, out, roots) {
  const program = ts.createProgram({
    rootNames: roots.map((path) => join(root, path)),
    options: { ...compilerOptions(root), outDir: join(out, 'lib'), rootDir: join(root, 'libs') },
  });
  const problems = ts.getPreEmitDiagnostics(program);
  if (problems.length) throw new Error(ts.formatDiagnostics(problems, formatHost(root)));
  program.emit(undefined, (path, text) => {
    const link = (_, quote, library, part = '') => {
      const face = part === 'testing' ? part : join('src', part);
      return quote + pathBetween(path, join(out, 'lib', library, face, 'index.js')) + quote;
    };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replace(ALIAS, link));
  });
  return Object.fromEntries(roots.map((path) => [path, valuesOf(program, join(root, path))]));
}

function pathBetween(from, to) {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

function valuesOf(program, path) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(path));
  const isValue = (symbol) => {
    const { Alias, Value } = ts.SymbolFlags;
    const named = symbol.declarations?.find(ts.isExportSpecifier);
    if (named?.isTypeOnly || named?.parent.parent.isTypeOnly) return false;
    const target = symbol.flags & Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (target.flags & Value) !== 0;
  };
  const exported = module ? checker.getExportsOfModule(module) : [];
  return exported
    .filter(isValue)
    .map(({ name }) => name)
    .sort();
}

const formatHost = (root) => ({
  getCurrentDirectory: () => root,
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
});
