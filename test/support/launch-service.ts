import '../../apps/server/src/tuning/heap';
import 'reflect-metadata';
import { createServer } from '../../apps/server/src/server';
import { serviceSettings, type ServiceShape } from './service-settings';

/** One process of the service, started by a test as a process of its own, to be killed. */
async function launch(shape: ServiceShape): Promise<void> {
  const app = await createServer(serviceSettings(shape));
  if (shape.port) await app.listen(shape.port, '127.0.0.1');
  console.log('ready');
}

// A test that dies ends the processes it started: the pipe closes.
process.stdin.resume().on('end', () => process.exit());
void launch(JSON.parse(process.env.SERVICE_SHAPE!) as ServiceShape);
