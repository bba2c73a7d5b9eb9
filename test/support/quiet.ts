import 'reflect-metadata';
import { join } from 'node:path';
import { Logger } from '@nestjs/common/services/logger.service.js'; // by itself: the rest of Nest takes longer than most specs

/** Log lines that a spec itself listens to. */
Logger.overrideLogger(false);

/** Worker threads start from sources as child processes do; Jest compiles for its own modules only. */
process.execArgv.push('--require', join(__dirname, 'run-typescript.cjs'));
