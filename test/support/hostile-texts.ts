/** YAML of less than a megabyte whose inspection takes minutes: a long list is a key, again and again. */
export const ENDLESS_YAML = `a: &a [${'x,'.repeat(100_000)}x]\n${'? *a\n: 1\n'.repeat(80_000)}`;
