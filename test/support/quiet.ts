import 'reflect-metadata';
import { Logger } from '@nestjs/common';

/** What a spec wants to see of the log it listens to itself. */
Logger.overrideLogger(false);
