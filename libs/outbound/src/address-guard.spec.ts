import { isIP } from 'node:net';
import { AddressBlocked, AddressGuard } from './address-guard';

const resolvingTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: isIP(address) }));

describe('AddressGuard', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '168.63.129.16',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '2002:7f00:1::',
    'fe80::1',
    'fd00:ec2::254',
    'ff02::1',
  ])('refuses %s, typed or resolved', async (address) => {
    const guard = new AddressGuard([], resolvingTo(address));
    await expect(guard.addressesOf({ host: address, secure: true })).rejects.toThrow(AddressBlocked);
    await expect(guard.addressesOf({ host: 'gitlab.example', secure: true })).rejects.toThrow(AddressBlocked);
  });

  it.each(['8.8.8.8', '2606:4700::1111'])(
    'lets the public address %s through over TLS, not without',
    async (address) => {
      const guard = new AddressGuard([], resolvingTo(address));
      expect(await guard.addressesOf({ host: 'gitlab.example', secure: true })).toHaveLength(1);
      await expect(guard.addressesOf({ host: 'gitlab.example', secure: false })).rejects.toThrow(
        AddressBlocked,
      );
    },
  );

  it.each([
    ['10.0.0.0/8', 'gitlab.example', '10.1.2.3'],
    ['10.1.2.3', '10.1.2.3', '10.1.2.3'],
    ['127.0.0.0/8', '[::ffff:127.0.0.1]', ''],
    ['fd00::/8', '[fd00::7]', ''],
    ['GitLab.Internal', 'gitlab.internal.', '192.168.0.9'],
  ])('allows what the operator lists as %s, private and without TLS', async (entry, host, address) => {
    const guard = new AddressGuard([entry], resolvingTo(address));
    expect(await guard.addressesOf({ host, secure: true })).toHaveLength(1);
    expect(await guard.addressesOf({ host, secure: false })).toHaveLength(1);
  });

  it('does not extend an allowed range or host to its neighbours', async () => {
    const guard = new AddressGuard(['10.0.0.0/24', 'gitlab.internal'], resolvingTo('10.0.1.1'));
    await expect(guard.addressesOf({ host: 'x.gitlab.internal', secure: true })).rejects.toThrow(
      AddressBlocked,
    );
  });

  it.each([
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://127.1',
    'http://0xA9.0xFE.0xA9.0xFE',
    'http://[::ffff:7f00:1]',
    'http://[0:0:0:0:0:ffff:10.0.0.1]',
    'http://①②⑦.0.0.1',
    'https://0300.0250.1',
  ])('refuses a private address written as %s', async (url) => {
    const guard = new AddressGuard([], resolvingTo('8.8.8.8'));
    await expect(guard.addressesOf({ host: new URL(url).hostname, secure: true })).rejects.toThrow(
      AddressBlocked,
    );
  });

  it.each(['gitlab.local', 'metadata.google.internal', 'localhost', 'localtest.me'])(
    'refuses %s for its address, not for its name',
    async (host) => {
      const guard = new AddressGuard([], resolvingTo('192.168.0.9', '::1'));
      await expect(guard.addressesOf({ host, secure: true })).rejects.toThrow(AddressBlocked);
    },
  );

  it('asks again at each connection, so that a name that turns private later is refused then', async () => {
    const answers = ['8.8.8.8', '127.0.0.1'];
    const guard = new AddressGuard([], async () => [{ address: answers.shift()!, family: 4 }]);
    const connect = () =>
      new Promise((resolve, reject) =>
        guard.lookupFor({ host: 'rebinding.example', secure: true })(
          'rebinding.example',
          {},
          (error, address) => (error ? reject(error) : resolve(address)),
        ),
      );
    expect(await connect()).toBe('8.8.8.8');
    await expect(connect()).rejects.toThrow(AddressBlocked);
  });

  it('connects to the permitted addresses of a mixed answer only', async () => {
    const guard = new AddressGuard([], resolvingTo('127.0.0.1', '8.8.8.8', '::1'));
    const found = await new Promise((resolve, reject) =>
      guard.lookupFor({ host: 'gitlab.example', secure: true })(
        'gitlab.example',
        { all: true },
        (error, addresses) => (error ? reject(error) : resolve(addresses)),
      ),
    );
    expect(found).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });
});
