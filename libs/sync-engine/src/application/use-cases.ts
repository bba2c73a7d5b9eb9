import { FlaggedFiles } from './guards/flagged-files';
import { HoldRefused } from './guards/hold-refused';
import { PushGuards } from './guards/push-guards';
import { QuarantineFiles } from './guards/quarantine-files';
import { ApplyTargetChange } from './orchestration/apply-target-change';
import { ClaimOrg } from './orchestration/claim-org';
import { ExecuteRun } from './orchestration/execute-run';
import { FindNextWake } from './orchestration/find-next-wake';
import { FinishRun } from './orchestration/finish-run';
import { PollOrg } from './orchestration/poll-org';
import { ProcessOrg } from './orchestration/process-org';
import { RecoverMissedEvents } from './orchestration/recover-missed-events';
import { RetryStopped } from './orchestration/retry-stopped';
import { SettleDeletions } from './orchestration/settle-deletions';
import { RenewLease } from './pass/renew-lease';
import { StartPass } from './pass/start-pass';
import { AdmitFiles } from './pull/admit-files';
import { ApplyPull } from './pull/apply-pull';
import { DeleteWaiting } from './pull/delete-waiting';
import { DiscoverRemote } from './pull/discover-remote';
import { FreedFiles } from './pull/freed-files';
import { FullComparison } from './pull/full-comparison';
import { KeepReplaced } from './pull/keep-replaced';
import { PullChanges } from './pull/pull-changes';
import { ReconcileRemote } from './pull/reconcile-remote';
import { RecordConflicts } from './pull/record-conflicts';
import { RemoteFiles } from './pull/remote-files';
import { StorePulled } from './pull/store-pulled';
import { CommitOnce } from './push/commit-once';
import { CommitOrHold } from './push/commit-or-hold';
import { PushChanges } from './push/push-changes';
import { PushSnapshot } from './push/push-snapshot';
import { PutBackFiles } from './push/put-back-files';
import { CountFiles } from './queries/count-files';
import { FileStates } from './queries/file-states';
import { ForeseePull } from './queries/foresee-pull';
import { ListConflicts } from './queries/list-conflicts';
import { ListRunChanges } from './queries/list-run-changes';
import { LookAlikes } from './queries/look-alikes';
import { PathWindows } from './windows/path-windows';
import { PendingChanges } from './queries/pending-changes';
import { PlanSync } from './queries/plan-sync';
import { ReadRemoteFile } from './queries/read-remote-file';
import { ReadRest } from './queries/read-rest';
import { ReadSyncStatus } from './queries/sync-status';
import { WatchRun } from './queries/watch-run';
import { NoteReport } from './report/note-report';
import { SendReports } from './report/send-reports';
import { BeginCycle } from './work-branch/begin-cycle';
import { DiscardProposals } from './work-branch/discard-proposals';
import { ForgetSentCommit } from './work-branch/forget-sent-commit';
import { KeepMergeRequest } from './work-branch/keep-merge-request';
import { LeaveSuperseded } from './work-branch/leave-superseded';
import { workBranchUseCases } from './work-branch/on-work-branch';
import { PrepareCycle } from './work-branch/prepare-cycle';
import { ProposalRights } from './work-branch/proposal-rights';
import { PublishCycle } from './work-branch/publish-cycle';
import { PullWorkBranch } from './work-branch/pull-work-branch';
import { PushProposals } from './work-branch/push-proposals';
import { QuietPeriod } from './work-branch/quiet-period';
import { SettleCycle } from './work-branch/settle-cycle';
import { SyncProposals } from './work-branch/sync-proposals';
import { TakeUnread } from './work-branch/take-unread';
import { WatchMergeRequest } from './work-branch/watch-merge-request';
import { ForgetWorkBranch } from './work-branch/forget-work-branch';
import { WorkEntries } from './work-branch/work-entries';
import { WorkFindings } from './work-branch/work-findings';
import { ReadWorkStatus } from './work-branch/work-status';
import { DecideProposal } from './requests/decide-proposal';
import { DismissConflict } from './requests/dismiss-conflict';
import { OnPushEvents } from './requests/on-push-events';
import { ReleaseFile } from './requests/release-file';
import { RequestRun } from './requests/request-run';
import { ResolveRun } from './requests/resolve-run';
import { RestoreConflict } from './requests/restore-conflict';

/** Use cases of the sync, which Nest builds with the adapters of their ports. */
export const syncUseCases = [
  FlaggedFiles,
  HoldRefused,
  PushGuards,
  QuarantineFiles,
  ApplyTargetChange,
  ClaimOrg,
  ExecuteRun,
  FindNextWake,
  FinishRun,
  PollOrg,
  ProcessOrg,
  RecoverMissedEvents,
  RetryStopped,
  SettleDeletions,
  RenewLease,
  StartPass,
  AdmitFiles,
  ApplyPull,
  DeleteWaiting,
  DiscoverRemote,
  FreedFiles,
  FullComparison,
  KeepReplaced,
  PullChanges,
  ReconcileRemote,
  RecordConflicts,
  RemoteFiles,
  StorePulled,
  CommitOnce,
  CommitOrHold,
  PushChanges,
  PushSnapshot,
  PutBackFiles,
  CountFiles,
  FileStates,
  ForeseePull,
  ListConflicts,
  ListRunChanges,
  LookAlikes,
  PathWindows,
  PendingChanges,
  PlanSync,
  ReadRemoteFile,
  ReadRest,
  ReadSyncStatus,
  WatchRun,
  NoteReport,
  SendReports,
  BeginCycle,
  DiscardProposals,
  ForgetSentCommit,
  KeepMergeRequest,
  LeaveSuperseded,
  PrepareCycle,
  ProposalRights,
  PublishCycle,
  PullWorkBranch,
  PushProposals,
  QuietPeriod,
  SettleCycle,
  SyncProposals,
  TakeUnread,
  WatchMergeRequest,
  ForgetWorkBranch,
  WorkEntries,
  WorkFindings,
  ReadWorkStatus,
  ...workBranchUseCases,
  DecideProposal,
  DismissConflict,
  OnPushEvents,
  ReleaseFile,
  RequestRun,
  ResolveRun,
  RestoreConflict,
];
