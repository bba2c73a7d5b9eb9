import { ContextStore1767225600000 } from './1000-context-store';

export const contextStoreMigrations = [ContextStore1767225600000];
