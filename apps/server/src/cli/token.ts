import '../stack-traces';
import { Command, Option } from 'commander';
import { signToken, type TokenWish } from '../auth/sign-token';
import { explain } from '../console';
import { processEnv } from '../env';
import { authSettings } from '../settings';

const command: Command = new Command('npm run token --')
  .description('Prints a token for local use.')
  .option('--org <org>', 'the organisation; an operator has none')
  .addOption(
    new Option('--role <role>', 'the rights of the token')
      .choices(['admin', 'member', 'operator'])
      .default('admin'),
  )
  .option('--name <name>', "the commit author's name")
  .option('--email <email>', "the commit author's address")
  .option('--days <days>', 'days until it expires', wholeDays, 30)
  .action(async (wish: TokenWish) => {
    if (wish.role === 'operator' && wish.org)
      command.error('An operator has no organisation: leave --org out.');
    if (wish.role !== 'operator' && !wish.org) command.error('Name the organisation: --org acme');
    const { key, audience, issuer } = authSettings(processEnv());
    if ('jwksUrl' in key) command.error('Tokens come from your identity provider: AUTH_JWKS_URL is set.');
    console.log(await signToken(wish, { ...key, audience, issuer }));
  });

function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    command.error('--days must be a whole number from 1 to 3650.');
  return days;
}

command.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
