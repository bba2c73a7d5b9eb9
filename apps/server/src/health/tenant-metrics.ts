import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { RowSecurity } from '@app/database';
import { Metrics } from './metrics';

/** Shows Prometheus whether PostgreSQL keeps the rows of organisations apart. */
@Injectable()
export class TenantMetrics {
  constructor({ registry }: Metrics, { inForce }: RowSecurity) {
    const gauge = new Gauge({
      name: 'row_security_in_force',
      help: '1 if row-level security keeps organisations apart, as found at the start, 0 if only the code does',
      registers: [registry],
    });
    gauge.set(inForce ? 1 : 0);
  }
}
