import { ContextStore1767225600000 } from './1000-context-store';
import { StagedTexts1767225633910 } from './3391-staged-texts';

export const contextStoreMigrations = [ContextStore1767225600000, StagedTexts1767225633910];
