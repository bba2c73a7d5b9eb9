import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

export type MailFault = 'none' | 'refuses' | 'refuses-one' | 'hangs' | 'resets';

/** A mail server on this machine that keeps all messages. */
export class MailSink {
  readonly received: ReceivedMail[] = [];
  fault: MailFault = 'none';
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<MailSink> {
    const sink: MailSink = new MailSink(createServer((socket) => sink.serve(socket)));
    await new Promise<void>((listening) => sink.server.listen(0, '127.0.0.1', listening));
    return sink;
  }

  /** URL with the sender of all e-mails. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}?from=dot%40example.com`;
  }

  async close(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket.setEncoding('utf8'));
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    if (this.fault === 'hangs') return;
    if (this.fault === 'resets') return void socket.destroy();
    let [from, to, rest, data] = ['', [] as string[], '', null as string[] | null];
    const say = (line: string) => socket.write(`${line}\r\n`);
    const take = (line: string): void => {
      if (data) {
        if (line !== '.') return void data.push(line.replace(/^\./, ''));
        this.received.push({ from, to, text: data.join('\n') });
        data = null;
        return void say('250 taken');
      }
      const [verb] = line.toUpperCase().split(/[ :]/);
      if (verb === 'MAIL') from = line;
      if (verb === 'RCPT' && this.fault === 'refuses-one' && line.includes('nobody@'))
        return void say('550 unknown');
      if (verb === 'RCPT') to = [...to, /<(.*)>/.exec(line)?.[1] ?? ''];
      if (verb === 'DATA' && this.fault === 'refuses') return void say('554 no');
      if (verb === 'DATA') data = [];
      say(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 ok');
      if (verb === 'QUIT') socket.end();
    };
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    });
    say('220 sink ESMTP');
  }
}
