import { Notifications1767225633960 } from './3960-notifications';

export const notificationsMigrations = [Notifications1767225633960];
