import { SyncPass } from '@app/sync-engine/testing';
import '../../support/launch-service';

/** A worker that stays with an org until all its changes are made, as one does that takes work off a plain queue. */
Object.defineProperty(SyncPass.prototype, 'spent', { get: () => false });
