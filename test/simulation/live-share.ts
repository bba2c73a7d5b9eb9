import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { drawSteps, live } from './history';
import type { Report, Share } from './processes';
import { SABOTAGES } from './sabotage';

/** Reported in bundles, so that a process that is ended early has reported most of its results. */
const BUNDLE = 10;

const tell = (report: Report): void => void process.send?.(report);

async function liveShare({ from, seeds, nth, of, untilFirst, sabotage, publish }: Share): Promise<void> {
  const setting = { sabotage: SABOTAGES[sabotage], publish };
  let untold = 0;
  for (let seed = from + nth; seed < from + seeds; seed += of) {
    const { failures } = await live(seed, drawSteps(seed, publish), setting);
    untold++;
    if (failures.length) tell({ seed, failure: failures[0] });
    if (failures.length || untold === BUNDLE) {
      tell({ lived: untold });
      untold = 0;
    }
    if (failures.length && untilFirst) return;
  }
  tell({ lived: untold });
}

Logger.overrideLogger(false);
void liveShare(JSON.parse(process.argv[2]));
