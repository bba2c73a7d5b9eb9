import { Inspections1767225624000 } from './2400-inspections';

export const inspectionMigrations = [Inspections1767225624000];
