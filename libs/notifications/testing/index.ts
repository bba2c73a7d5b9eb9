import type { ValueProvider } from '@nestjs/common';
import type { InMemoryTables } from '@app/database/testing';
import { Deliveries } from '../src/application/ports/deliveries.port';
import { Notices } from '../src/application/ports/notices.port';
import { StoredChannels } from '../src/application/ports/stored-channels.port';
import { InMemoryDeliveries } from './in-memory-deliveries';
import { InMemoryNotices } from './in-memory-notices';
import { InMemoryStoredChannels } from './in-memory-stored-channels';

export { Deliveries } from '../src/application/ports/deliveries.port';
export type { Delivery } from '../src/application/ports/deliveries.port';
export { Messenger } from '../src/application/ports/messenger.port';
export { Notices } from '../src/application/ports/notices.port';
export { StoredChannels } from '../src/application/ports/stored-channels.port';
export type { Message } from '../src/domain/message';
export { notificationsRows } from '../src/infrastructure/notifications.rows';
export { PostgresDeliveries } from '../src/infrastructure/postgres-deliveries';
export { PostgresNotices } from '../src/infrastructure/postgres-notices';
export { PostgresStoredChannels } from '../src/infrastructure/postgres-stored-channels';
export { FakeMessenger } from './fake-messenger';
export { InMemoryDeliveries, InMemoryNotices, InMemoryStoredChannels };

/** Returns the adapters of the notifications without a database. */
export const inMemoryNotifications = (tables: InMemoryTables): ValueProvider[] => [
  { provide: Deliveries, useValue: new InMemoryDeliveries(tables) },
  { provide: Notices, useValue: new InMemoryNotices(tables) },
  { provide: StoredChannels, useValue: new InMemoryStoredChannels(tables) },
];
