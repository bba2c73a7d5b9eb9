import type { Blob } from '@app/kernel';
import type { InFlight } from '../domain/sync-state';

/** The names are those of the first release, and stay. */
export type StoredInFlight = Omit<InFlight, 'agreed' | 'landedAs'> & {
  readonly agreed: readonly (readonly [
    path: string,
    blobs: { readonly gitlab: Blob | null; readonly dot: Blob | null },
  ])[];
  readonly made?: string;
};

export function storedInFlight(inFlight: InFlight | null): StoredInFlight | null {
  if (!inFlight) return null;
  const { agreed, landedAs, ...rest } = inFlight;
  return {
    ...rest,
    agreed: agreed.map(([path, { remote, local }]) => [path, { gitlab: remote, dot: local }]),
    ...(landedAs && { made: landedAs }),
  };
}

export function inFlightOf(stored: StoredInFlight | null): InFlight | null {
  if (!stored) return null;
  const { agreed, made, ...rest } = stored;
  return {
    ...rest,
    agreed: agreed.map(([path, { gitlab, dot }]) => [path, { remote: gitlab, local: dot }]),
    ...(made && { landedAs: made }),
  };
}
