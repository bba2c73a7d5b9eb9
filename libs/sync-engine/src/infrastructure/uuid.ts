const FORM = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** PostgreSQL fails on a malformed uuid; the caller expects "not found". */
export const isUuid = (text: string): boolean => FORM.test(text);
