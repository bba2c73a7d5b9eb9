import type { FactoryProvider, ValueProvider } from '@nestjs/common';

/** Gives Nest a value that a host decides: when the module is imported, or later from another provider. */
export type Provided<T> = Omit<ValueProvider<T>, 'provide'> | Omit<FactoryProvider<T>, 'provide'>;
