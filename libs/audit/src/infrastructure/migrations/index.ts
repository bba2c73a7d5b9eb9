import { Audit1767225615000 } from './1500-audit';

export const auditMigrations = [Audit1767225615000];
