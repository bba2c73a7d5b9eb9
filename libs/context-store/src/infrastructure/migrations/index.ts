import { ContextStore1767225600000 } from './1000-context-store';
import { Quotas1767225627000 } from './2700-quotas';

export const contextStoreMigrations = [ContextStore1767225600000, Quotas1767225627000];
