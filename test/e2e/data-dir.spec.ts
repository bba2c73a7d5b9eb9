import { freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';

/** Linux lists `/proc` as a directory, but refuses files in it. */
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('A DATA_DIR that the service cannot make or fill', () => {
  let service: ServiceProcess;
  afterEach(() => service.kill());

  onLinux.each(['/proc/x', '/proc/x/y', '/proc'])('ends the start with a sentence: %s', async (dataDir) => {
    const unset = { DATABASE_URL: '', REDIS_URL: '', AUTH_JWT_SECRET: '', SECRETS_KEYS: '' };
    service = ServiceProcess.main({ ...unset, DATA_DIR: dataDir, PORT: String(await freePort()) });
    expect(await service.ended()).toBe(1);
    expect(service.printed).toMatch(
      /^\/proc\/?\S* cannot be created \(\w+\)\. Set DATA_DIR to a directory that you may write\.\n$/,
    );
  });
});
