import { Gauge, type Registry } from 'prom-client';

/** Shows whether PostgreSQL keeps the rows of organisations apart. */
export function tenantMetrics(registry: Registry, inForce: boolean): void {
  const gauge = new Gauge({
    name: 'row_security_in_force',
    help: '1 if row-level security keeps organisations apart, as found at the start, 0 if only the code does',
    registers: [registry],
  });
  gauge.set(inForce ? 1 : 0);
}
