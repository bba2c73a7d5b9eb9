import { SyncEngine1767225613000 } from './1300-sync-engine';
import { Allowed1767225616000 } from './1600-allowed';
import { WorkToDo1767225621000 } from './2100-work-to-do';
import { AnnouncedCommits1767225629000 } from './2900-announced-commits';
import { RefusedCommits1767225630000 } from './3000-refused-commits';
import { InterruptedInspections1767225633000 } from './3300-interrupted-inspections';
import { Proposals1767225633941 } from './3394-proposals';
import { SeenOnGitLab1767225634000 } from './3400-seen-on-gitlab';
import { LastingAnswers1767225636000 } from './3600-lasting-answers';
import { BothSides1767225637000 } from './3700-both-sides';
import { CommitReports1767225633951 } from './3395-commit-reports';
import { TracesOfRuns1767225633980 } from './3398-traces-of-runs';

export const syncEngineMigrations = [
  SyncEngine1767225613000,
  Allowed1767225616000,
  WorkToDo1767225621000,
  AnnouncedCommits1767225629000,
  RefusedCommits1767225630000,
  InterruptedInspections1767225633000,
  Proposals1767225633941,
  CommitReports1767225633951,
  TracesOfRuns1767225633980,
  SeenOnGitLab1767225634000,
  LastingAnswers1767225636000,
  BothSides1767225637000,
];
