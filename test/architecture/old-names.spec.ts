import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Names that the code had before it took the field's standard words. Migrations keep theirs. */
const OLD_NAMES = [
  'Abilities|AnnouncingContextStore|AnswerRun|BullRing|CareForTokens|CatchUp|CatchUpQueue|CheckDueHooks|CompareAll',
  'ConcludeRun|ConfirmKeys|EndWithConnection|Farewell|FollowTarget|Footprint|GitLabChoices|Glance|HearWebhooks',
  'HeardDelivery|HeardWebhooks|HoldBack|HookWatch|InProcessRing|KeySeal|LookAfterHookOnChanges|LookForChanges',
  'OrgTurns|Outlook|PerformRun|PostponedDeliveries|ReceiveDelivery|RecordDelivery|RingAgain|SendCommit|ShipFiles',
  'Sight|Survey|TakeTurn|TakingPostponed|TenantLock|TextLost|TokenWatch|Turnabout|WantedHook|Whereabouts',
  'everyOrg|flawOfPath|inOurWords|liesIn|obstacleTo|planPath|planSync|saidBy|settledTo|shipmentDue|stepsByHand',
  'twinsAmong|verdictOn|withErrorsSeenBy|withoutTokens',
].join('|');
const USED = new RegExp(`(?<![\\w$])(?:${OLD_NAMES})(?![\\w$])`, 'g');

describe('The old names', () => {
  it('are gone from the sources', () => {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'apps', 'libs', 'test'], {
      encoding: 'utf8',
    })
      .split('\n')
      .filter(
        (file) => /\.tsx?$/.test(file) && !/\/migrations\/|old-names\.spec|prose\.(?:spec\.)?ts/.test(file),
      );
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) =>
      [...new Set(readFileSync(file, 'utf8').match(USED) ?? [])].map((name) => `${file}: ${name}`),
    );
    expect(found).toEqual([]);
  });
});
