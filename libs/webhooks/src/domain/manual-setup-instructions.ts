import type { Watched } from './watched-branches';

/** Returns the steps for a Maintainer if the token may not register webhooks. */
export function manualSetupInstructions(project: string, url: string, watched: Watched): string {
  return (
    'The token may not register webhooks: that needs the Maintainer role in the project. Give it that role and register ' +
    `again, or have a Maintainer add the webhook by hand: in GitLab → ${project} → Settings → Webhooks → Add new webhook, ` +
    `enter the URL ${url} and, as Secret token, the secret that Dot's panel shows; enable ${eventsFor(watched)}; save.`
  );
}

function eventsFor({ branch, workBranch }: Watched): string {
  if (workBranch === null) return `Push events, for branch ${branch} if you like`;
  return `Push events, for the branches ${branch} and ${workBranch} if you like, and Merge request events`;
}
