import pc from 'picocolors';

/** Prints the story in the terminal. */
export class Narrator {
  private steps = 0;

  title(text: string): void {
    console.log(`\n${pc.bold(text)}`);
  }

  step(text: string): void {
    this.steps += 1;
    console.log(`\n${pc.bold(pc.cyan(`${this.steps}. ${text}`))}`);
  }

  dot(text: string): void {
    this.side(pc.magenta('Dot   '), text);
  }

  gitlab(text: string): void {
    this.side(pc.yellow('GitLab'), text);
  }

  cost(calls: Readonly<Record<string, number>>): void {
    const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
    const routes = Object.entries(calls).map(([route, count]) => (count > 1 ? `${count} × ${route}` : route));
    console.log(
      pc.dim(
        `   cost    ${total} GitLab API call${total === 1 ? '' : 's'}${total ? `: ${routes.join(', ')}` : ''}`,
      ),
    );
  }

  /** Shows what a program prints. */
  program(text: string): void {
    for (const line of text.split('\n')) console.log(`   ${pc.dim('|')}  ${line}`.trimEnd());
  }

  plain(text: string): void {
    console.log(text);
  }

  private side(name: string, text: string): void {
    for (const line of text.split('\n')) console.log(`   ${name}  ${line}`);
  }
}
