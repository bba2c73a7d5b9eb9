const FORBIDDEN = /[<>:"|?*]/;
const DEVICE =
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?=\s*(?:\.|$))/i;
const TRAILING = /[. ]+$/;

/** The reason why Windows cannot check a path out, and a similar path that it can. */
export interface NotPortable {
  /** One clause. */
  readonly why: string;
  readonly instead: string;
}

/** Returns why Windows cannot check out a path that Git and Dot allow; null if it can. */
export function notPortable(path: string): NotPortable | null {
  const names = path.split('/');
  const why = names.map(reasonOf).find((reason) => reason !== null);
  return why ? { why, instead: names.map(portable).join('/') } : null;
}

function reasonOf(name: string): string | null {
  const forbidden = FORBIDDEN.exec(name)?.[0];
  if (forbidden) return `Windows forbids ${JSON.stringify(forbidden).slice(1, -1)} in names`;
  const device = DEVICE.exec(name)?.[0];
  if (device) return `Windows reserves the name ${device}`;
  return TRAILING.test(name) ? 'Windows forbids a blank or dot at the end of a name' : null;
}

function portable(name: string): string {
  const trimmed = name
    .replace(/\s*:\s+/g, ' - ')
    .replace(/[?*]+(?=\.)/g, '')
    .replace(new RegExp(FORBIDDEN, 'g'), '-')
    .replace(TRAILING, '');
  return (trimmed || '-').replace(DEVICE, (device) => `${device}-file`);
}
