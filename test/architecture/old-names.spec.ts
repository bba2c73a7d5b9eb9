import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Names that the code had before it took the field's standard words. Migrations keep theirs. */
const OLD_NAMES = [
  'Abilities|Agreed|AgreedPath|AnnouncingContextStore|AnswerRun|Backlogs|BullRing|CareForTokens|CatchUp',
  'CatchUpQueue|CheckDueHooks|CompareAll|ConcludeRun|ConfirmKeys|EndWithConnection|everyOrg|Farewell',
  'farewells|flawOfPath|FollowTarget|Footprint|GitLabChoices|giveBack|Glance|HeardDelivery',
  'HeardWebhooks|Hearing|HearWebhooks|HoldBack|HookWatch|inOurWords|InProcessRing|isSuspicion|KeySeal',
  'letGo|liesIn|LookAfterHookOnChanges|LookForChanges|lookNow|needsCare|NOTHING_HOLDS_UP|obstacleTo',
  'OrgTurns|Outlook|PerformRun|planPath|planSync|PostponedDeliveries|ReceiveDelivery|RecordDelivery',
  'RepeatingJob|RingAgain|roomFor|saidBy|SendCommit|settledTo|ShipFiles|shipmentDue|Sight|stepsByHand',
  'stillSuspicious|Survey|Suspicion|SyncSignal|TakeTurn|TakingPostponed|TenantLock|TextLost|TokenCare',
  'TokenWatch|Turnabout|twinsAmong|UNCARED|verdictOn|WantedHook|Whereabouts|withErrorsSeenBy',
  'withoutTokens|yamlFlaw',
].join('|');
/** Also each name with `ring` in it, except a key ring. */
const WITH_RING = '(?:ring|rings)(?=[A-Z])\\w*|(?:\\w*(?<![Kk]ey|[A-Z]))?Rings?(?![a-z])\\w*';
const USED = new RegExp(`(?<![\\w$])(?:${OLD_NAMES}|${WITH_RING})(?![\\w$])`, 'g');

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

  it.each(['BullRing', 'Ring', 'ringAgain', 'describeRingContract', 'TakeTurn', 'settledTo'])(
    'are found: %s',
    (name) => {
      expect(`const ${name} = 1;`.match(USED)).toEqual([name]);
    },
  );

  it.each(['KeyRing', 'keyRing', 'parseKeyRing', 'String', 'ringing', 'stringOf', 'Bring'])(
    'do not include %s',
    (name) => {
      expect(`const ${name} = 1;`.match(USED)).toBeNull();
    },
  );
});
