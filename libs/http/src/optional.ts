import { ValidateIf } from 'class-validator';

/** Accepts an absent value, but not null. */
export const Optional = () => ValidateIf((_, value) => value !== undefined);
