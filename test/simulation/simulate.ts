import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { Command, InvalidArgumentError, Option } from 'commander';
import { availableParallelism } from 'node:os';
import type { Publish } from '@app/project-config';
import { drawSteps, live } from './history';
import { liveMany } from './processes';
import { SABOTAGES, type SabotageName } from './sabotage';
import { gistOf, shrink } from './shrink';

interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly seed?: number;
  readonly jobs: number;
  readonly break: SabotageName;
  readonly publish: Publish;
}

const MOST_NAMED = 10;

const command = new Command('simulate')
  .description('Lives through random histories of both sides, with faults, and checks that no edit is lost.')
  .option('--seeds <number>', 'how many histories', natural, 200)
  .option('--from <seed>', 'the first one', natural, 1)
  .option('--seed <seed>', 'only this one, with its whole diary', natural)
  .option('--jobs <number>', 'processes', natural, availableParallelism())
  .addOption(
    new Option('--publish <way>', 'how Dot publishes its changes')
      .choices(['direct', 'merge_request'] satisfies Publish[])
      .default('direct'),
  )
  .addOption(
    new Option('--break <safeguard>', 'switches a safeguard off; succeeds when that is noticed')
      .choices(Object.keys(SABOTAGES))
      .default('none'),
  );

/** Answers the exit code. */
async function simulate(options: Options): Promise<number> {
  if (options.seed !== undefined) return (await tell(options.seed, options, false)) ? 0 : 1;
  const begun = Date.now();
  const broken = options.break !== 'none';
  const { lived, failed } = await liveMany({ ...options, sabotage: options.break, untilFirst: broken });
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`${lived} histories in ${seconds} s, ${failed.length} failed`);
  for (const { seed, failure } of failed.slice(0, MOST_NAMED))
    console.log(`  seed ${seed}: ${gistOf(failure)}`);
  if (failed.length && !broken) await tell(failed[0].seed, options, true);
  return broken === failed.length > 0 ? 0 : 1;
}

/** Prints one history; if it fails, the shortest form of it. Returns true if it does not fail. */
async function tell(
  seed: number,
  { break: name, publish }: Pick<Options, 'break' | 'publish'>,
  briefly: boolean,
): Promise<boolean> {
  const setting = { sabotage: SABOTAGES[name], publish };
  const steps = drawSteps(seed, publish);
  const whole = await live(seed, steps, setting);
  const { diary, failures } = whole.failures.length
    ? await live(seed, await shrink(seed, steps, whole, setting), setting)
    : whole;
  const lines = briefly ? diary.filter((line) => !/goes on \((begin|committed)/.test(line)) : diary;
  const verdict = failures.length ? ['fails:', ...failures] : ['holds'];
  console.log([`seed ${seed}`, ...lines, ...verdict].join('\n'));
  if (failures.length) console.log(`again: npm run simulate -- --publish ${publish} --seed ${seed}`);
  return failures.length === 0;
}

function natural(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number, please');
  return Number(text);
}

Logger.overrideLogger(false);
void simulate(command.parse().opts<Options>()).then((code) => {
  process.exitCode = code;
});
