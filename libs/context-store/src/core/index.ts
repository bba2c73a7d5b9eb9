export { InspectFiles } from '../application/inspect-files';
export { inertPath, inspectPath, NAME_NOT_UTF8 } from '../domain/inspect-path';
export { notPortable } from '../domain/portable-path';
export { DEFAULT_QUOTA, type Quota } from '../domain/quota';
