import { Header } from '@nestjs/common';

/** Keeps responses out of every cache. For routes whose responses contain a secret or describe a token. */
export const NoStore = () => Header('Cache-Control', 'no-store');
