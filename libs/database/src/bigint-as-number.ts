/** Reads a bigint column as a number: PostgreSQL returns it as text. A missing value is 0. */
export const bigintAsNumber = {
  to: (value: number) => value,
  from: (value: string | number | null) => Number(value),
};
