/** Returns the steps for a Maintainer if the token may not register webhooks. */
export function manualSetupInstructions(project: string, url: string, branch: string): string {
  return (
    'The token may not register webhooks: that needs the Maintainer role in the project. Give it that role and register ' +
    `again, or have a Maintainer add the webhook by hand: in GitLab → ${project} → Settings → Webhooks → Add new webhook, ` +
    `enter the URL ${url} and, as Secret token, the secret that Dot's panel shows; enable Push events, for branch ${branch} ` +
    'if you like; save.'
  );
}
