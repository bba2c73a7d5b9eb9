const FORM = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** PostgreSQL fails on a malformed uuid where "not found" is meant. */
export const isUuid = (text: string): boolean => FORM.test(text);
