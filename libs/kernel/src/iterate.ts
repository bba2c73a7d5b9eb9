import type { Observable } from 'rxjs';

/**
 * Iterates over the values of `source` until it completes or `signal` aborts. A slow reader skips values and gets the
 * latest one, because each is a whole state. @throws the error of `source`
 */
export async function* iterate<T>(source: Observable<T>, signal?: AbortSignal): AsyncGenerator<T, void> {
  let latest: { readonly value: T } | null = null;
  let end: { readonly error?: unknown } | null = null;
  let wake: () => void = () => undefined;
  const subscription = source.subscribe({
    next: (value) => {
      latest = { value };
      wake();
    },
    error: (error: unknown) => {
      end = { error };
      wake();
    },
    complete: () => {
      end ??= {};
      wake();
    },
  });
  const aborted = () => wake();
  signal?.addEventListener('abort', aborted);
  try {
    for (;;) {
      if (signal?.aborted) return;
      const next = latest as { readonly value: T } | null;
      const over = end as { readonly error?: unknown } | null;
      if (next) {
        latest = null;
        yield next.value;
      } else if (over) {
        if ('error' in over) throw over.error;
        return;
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    signal?.removeEventListener('abort', aborted);
    subscription.unsubscribe();
  }
}
