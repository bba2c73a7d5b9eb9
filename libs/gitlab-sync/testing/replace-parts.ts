import type { DynamicModule, Provider, Type, ValueProvider } from '@nestjs/common';

export interface Replacements {
  /** Take the place of the providers of the same tokens, in whichever module they are. */
  readonly providers: readonly ValueProvider[];
  /** Take the place of the modules of the same classes; null leaves them out. */
  readonly modules?: ReadonlyMap<Type, DynamicModule | null>;
}

type Imported = NonNullable<DynamicModule['imports']>[number];
type Exported = NonNullable<DynamicModule['exports']>[number];

/** Returns the module with some parts replaced, in it and in all that it imports; the wiring stays the same. */
export function replaceParts(
  module: DynamicModule,
  { providers, modules = new Map() }: Replacements,
): DynamicModule {
  const values = new Map(providers.map((provider) => [provider.provide, provider]));
  const replaced = new Map<DynamicModule, DynamicModule>();

  const provided = (provider: Provider): Provider =>
    values.get(typeof provider === 'function' ? provider : provider.provide) ?? provider;

  const imported = (other: Imported): Imported[] => {
    if (!isDynamic(other)) return [other];
    const instead = modules.get(other.module);
    return instead === null ? [] : [instead ?? copyOf(other)];
  };

  /** Modules import each other by reference, so that each has one copy. */
  const copyOf = (original: DynamicModule): DynamicModule => {
    const known = replaced.get(original);
    if (known) return known;
    const copy: DynamicModule = { ...original };
    replaced.set(original, copy);
    copy.providers = original.providers?.map(provided);
    copy.imports = original.imports?.flatMap(imported);
    copy.exports = original.exports?.flatMap((exported): Exported[] =>
      isDynamic(exported) ? (imported(exported) as DynamicModule[]) : [exported],
    );
    return copy;
  };

  return copyOf(module);
}

const isDynamic = (value: unknown): value is DynamicModule =>
  typeof value === 'object' && value !== null && 'module' in value;
