import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire between the service and something it talks to over TCP, for a test to cut. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private state: 'whole' | 'refused' | 'silent' = 'whole';

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (socket) => this.join(socket));
  }

  static async to(url: string): Promise<Wire> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Wire(server, new URL(url));
  }

  /** The target's address, through the wire. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.href;
  }

  /** Refused: connections break, and new ones too. Silent: they stay, and nothing comes through. */
  cut(how: 'refused' | 'silent'): void {
    this.state = how;
    for (const socket of this.sockets) {
      if (how === 'refused') socket.destroy();
      else socket.unpipe().resume();
    }
  }

  /** Connections that were cut stay dead; new ones come through. */
  mend(): void {
    this.state = 'whole';
    for (const socket of this.sockets) socket.destroy();
  }

  /** Acts like a failover: new connections succeed, and old ones stay open without a peer. */
  lead(): void {
    this.state = 'whole';
  }

  async close(): Promise<void> {
    this.cut('refused');
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    if (this.state === 'refused') return void near.destroy();
    if (this.state === 'silent') return this.keep(near.resume());
    const far = connect(Number(this.target.port || 6379), this.target.hostname);
    this.keep(near);
    this.keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
  }
}
