import { useAct } from '../acts';
import { change } from '../commands';
import type { Project } from '../contract';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { Heading } from '../parts/heading';
import { Rich } from '../parts/rich';
import { Switch } from '../parts/switch';
import { useSession } from '../session';
import { words } from '../words';
import { AccountLine } from './account';
import { BranchSetting } from './settings/branch';
import { CommitsSetting } from './settings/commits';
import { NotificationsSetting } from './settings/notifications';
import { PublishSetting, ReportSetting } from './settings/publishing';
import { WebhookSetting } from './settings/webhook-setting';
import { WorkBranchSetting } from './settings/work-branch';

/** Shows the settings. Toggles take effect immediately; other settings open a form below their row. */
export function Settings() {
  const session = useSession();
  const { project, sync } = session.status.value!;
  if (!project) return null;
  return (
    <section class="card" part="card" aria-label={session.say(words.settings.title)}>
      <Heading level={2} class="vh">
        {session.say(words.settings.title)}
      </Heading>
      <AutoSync project={project} pending={sync.pendingPush} />
      <AutoPull project={project} />
      <PublishSetting project={project} />
      {project.publish === 'merge_request' && <WorkBranchSetting project={project} />}
      <ReportSetting project={project} />
      <NotificationsSetting />
      <WebhookSetting />
      <BranchSetting key={`${project.projectId} ${project.branch}`} />
      <CommitsSetting project={project} />
      <AccountSetting />
    </section>
  );
}

function AutoSync({ project, pending }: { project: Project; pending: number }) {
  const session = useSession();
  const act = useAct();
  const now = pending > 0 && !project.autoSync;
  return (
    <Switch
      label={session.say(words.settings.autoSync)}
      help={
        <>
          {session.say(words.settings.autoSyncHelp)}
          {now && <> {session.say(words.settings.autoSyncNow, { n: pending })}</>}
        </>
      }
      on={project.autoSync}
      onChange={(autoSync) => void act.run(() => change(session, { autoSync }))}
      note={<ActNote act={act} />}
    />
  );
}

function AutoPull({ project }: { project: Project }) {
  const session = useSession();
  const act = useAct();
  return (
    <Switch
      label={session.say(words.settings.autoPull)}
      help={<Rich of={words.settings.autoPullHelp} values={{ branch: project.branch }} />}
      on={project.autoPull}
      onChange={(autoPull) => void act.run(() => change(session, { autoPull }))}
      note={<ActNote act={act} />}
    />
  );
}

function AccountSetting() {
  const session = useSession();
  const { connection } = session.status.value!;
  if (!connection) return null;
  return (
    <div class="setting">
      <div>
        <Heading level={3}>{session.say(words.account.title, { username: connection.username })}</Heading>
        <AccountLine />
      </div>
      <span class="row">
        <Button onClick={() => (session.dialog.value = { name: 'token' })}>
          {session.say(words.account.replace)}
        </Button>
        <Button kind="plain danger" onClick={() => (session.dialog.value = { name: 'disconnect' })}>
          {session.say(words.account.disconnect)}
        </Button>
      </span>
    </div>
  );
}
