import type { WatchedBranches } from './watched-branches';

/** Returns the steps for a Maintainer if the token may not register webhooks. */
export function manualSetupInstructions(project: string, url: string, branches: WatchedBranches): string {
  return (
    'The token may not register webhooks: that needs the Maintainer role in the project. Give it that role and register ' +
    `again, or have a Maintainer add the webhook by hand: in GitLab → ${project} → Settings → Webhooks → Add new webhook, ` +
    `enter the URL ${url} and, as Secret token, the secret that Dot's panel shows; enable ${eventsFor(branches)}; save.`
  );
}

function eventsFor(branches: WatchedBranches): string {
  if (branches.length === 1) return `Push events, for branch ${branches[0]} if you like`;
  return `Push events, for the branches ${branches.join(' and ')} if you like, and Merge request events`;
}
