export { parseDirectories } from '../domain/directories';
