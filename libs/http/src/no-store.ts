import { Header } from '@nestjs/common';

/** Keeps an answer out of every cache. For routes whose answers hold a secret, or tell what a token is. */
export const NoStore = () => Header('Cache-Control', 'no-store');
