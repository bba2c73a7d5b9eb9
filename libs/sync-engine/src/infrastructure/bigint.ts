/** PostgreSQL's bigint arrives as text. */
export const bigint = {
  to: (value: number) => value,
  from: (value: string | null) => (value === null ? 0 : Number(value)),
};
