export { NotificationsController } from './notifications.controller';
