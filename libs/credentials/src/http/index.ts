export { ConnectionController } from './connection.controller';
export { ConnectionView } from './connection.dto';
