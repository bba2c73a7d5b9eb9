// Made of docs/openapi.json by `npm run openapi`; change the routes instead.

export interface paths {
  '/api/v1/orgs/{org}/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List every administrative act, newest first
     * @description Includes refused acts, with the code of the error as their result.
     */
    get: operations['listAuditEntries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/context/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change several files: all or nothing, one commit
     * @description At most 1,000 operations in 16 MiB of JSON, 4 MiB each. For larger files use `PUT` on the file. A new name, a message or an author that holds a credential or hidden text is refused as `content_invalid`; `errors` names the place.
     */
    post: operations['changeFiles'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/context/files': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The context files, by path
     * @description Lists the files as they are now, all of one revision; the texts are read one by one.
     */
    get: operations['listFiles'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/context/files/{path}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The text of a file
     * @description Returns the exact bytes. Send the ETag as `If-None-Match` to read the text again only if it changed.
     */
    get: operations['readFile'];
    /**
     * Write a file
     * @description The body is the text itself, whatever its text type; JSON and forms are refused. `If-None-Match: *` only creates. A new name, a message or an author that holds a credential or hidden text is refused as `content_invalid`; `errors` names the place.
     */
    put: operations['writeFile'];
    post?: never;
    /**
     * Delete a file
     * @description A change like any other: it becomes one commit, and the last version can be restored.
     */
    delete: operations['deleteFile'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/context/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the versions of the files, newest first
     * @description One entry for each file that a change touched, with its author and the commit it came from or became.
     */
    get: operations['listHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/context/restore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Restore a version, or undo a sync run
     * @description Makes a new change in either case. If a file was changed since the run, undoing is refused with the names of those files.
     */
    post: operations['restoreFiles'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/context/versions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the text of a version
     * @description Returns the exact bytes, also of a text that lost a conflict. A version never changes.
     */
    get: operations['readVersion'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the status of the sync
     * @description Holds no secret. `events` sends it again on every change.
     */
    get: operations['readStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/conflicts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The conflicts, newest first
     * @description Lists the conflicts that are neither restored nor dismissed.
     */
    get: operations['listConflicts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/conflicts/{id}/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Dismiss a conflict and keep the present text
     * @description The losing text stays in the history of its file.
     */
    post: operations['dismissConflict'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/conflicts/{id}/restore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Restore the text that lost a conflict
     * @description Makes it the newest, as a new change.
     */
    post: operations['restoreConflict'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/connection': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Connect with a GitLab token
     * @description The token is checked with GitLab first; a token that GitLab refuses changes nothing. Reconnecting rotates the webhook secret. `instance_not_gitlab` names the path of the URL that was left out, and how to keep it.
     */
    put: operations['connect'];
    post?: never;
    /**
     * Disconnect
     * @description Destroys the token and the webhook secret and stops the sync; the context is kept. Works even if the token is no longer valid. A registered webhook is then removed from GitLab, if the token and GitLab allow it.
     */
    delete: operations['disconnect'];
    options?: never;
    head?: never;
    /**
     * Replace the token, or let it renew itself
     * @description A new token of the same user takes the place of the stored one; the webhook secret stays, so that a webhook made by hand continues to work. With `selfRotation`, Dot asks GitLab for a new token some days before the present one expires. It has the same rights and lifetime, and the former one stops working.
     */
    patch: operations['changeConnection'];
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/connection/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Check the token again
     * @description Returns 200 with the findings, whether or not GitLab still accepts the token. Once a project is configured, the check `webhook` compares the hook on GitLab with the desired one: registered, enabled, its URL and secret, and its deliveries.
     */
    post: operations['checkConnection'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follow the status
     * @description Server-Sent Events: `status` immediately and on every change in any process; the data is the status. The stream ends with the token. A comment every 25 s keeps it open. A caller may hold 10 open and an organisation 50, in each process.
     */
    get: operations['followStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/feed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the events after a cursor, oldest first
     * @description None is missed: each is stored with its change. Kept for 30 days.
     */
    get: operations['listEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/files': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the state of each file
     * @description As the last sync saw them; `live` asks GitLab.
     */
    get: operations['listFileStates'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/files/{path}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * GitLab's text of a file that was kept out of Dot
     * @description As the last sync saw it. `not_found` if the file is not kept out, is not UTF-8, or is over the limit.
     */
    get: operations['readRemoteFile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/files/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release a quarantined file to GitLab
     * @description For files quarantined as `credential` or `hidden_control`. Releases the present findings of the file; a new one is held back again. Returns the pull run that re-queues the file.
     */
    post: operations['releaseFile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/merge-request/discard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Discard the proposed changes
     * @description Takes the texts of the configured branch back in Dot, as one change. Undo the run to have the changes back. Closes the merge request if it is open and Dot opened it.
     */
    post: operations['discard'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/merge-request/propose': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Propose again after a refusal
     * @description Opens a merge request again after one was closed, or its branch was deleted.
     */
    post: operations['propose'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show where messages go, and how the last ones arrived
     * @description Holds no secret.
     */
    get: operations['readNotifications'];
    /**
     * Change where messages go
     * @description An omitted channel stays, `null` removes one. Messages are sent only when the state changes: the sync needs a person or works again, the token expires, a conflict was decided, files are kept out or no longer, a merge request waits for review. At most ten an hour.
     */
    put: operations['changeNotifications'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/notifications/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test message through each channel
     * @description Waits for the results, and tries once. At most ten an hour.
     */
    post: operations['testNotifications'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/plan': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Preview a full sync; changes nothing
     * @description Compares both sides as they are. A file in conflict is listed only under `conflicts`. With a body, previews the first sync with that project, before it is configured or instead of the configured one. Nothing is stored.
     */
    post: operations['previewSync'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/project': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Select or create the project to sync with
     * @description Queues the first sync. `autoSync` starts off, `autoPull` on. The same project and branch again keep both, and their sync state. Protected branches are accepted here and reported on the first push.
     */
    put: operations['configureProject'];
    post?: never;
    /**
     * End the sync with the project
     * @description The connection stays, and so do the files on both sides.
     */
    delete: operations['removeProject'];
    options?: never;
    head?: never;
    /**
     * Change the settings
     * @description Omitted settings stay. Changed directories or another branch queue a sync.
     */
    patch: operations['changeProject'];
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/projects': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The projects the token can sync to
     * @description Asks GitLab. `search` looks for a part of the name.
     */
    get: operations['listProjects'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/projects/{projectId}/branches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The branches of a project
     * @description Asks GitLab. `canPush` is true if the token may push to the branch.
     */
    get: operations['listBranches'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/pull': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pull from GitLab
     * @description Returns the run already waiting, if there is one. Also ends a stop or a back-off.
     */
    post: operations['pull'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/push': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Push to GitLab
     * @description Returns the run already waiting, if there is one. Also ends a stop or a back-off.
     */
    post: operations['push'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The runs, newest first
     * @description The queued and running runs, and the results of earlier ones.
     */
    get: operations['listRuns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One run
     * @description With its progress, its counts, its commits and why it failed.
     */
    get: operations['readRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/runs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a run
     * @description Finished steps are kept, and pending changes stay pending. Cancelling a question about deletions postpones it: the files stay in Dot, and the status shows it until `confirm` or `keep`.
     */
    post: operations['cancelRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/runs/{id}/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The paths a run would change, or changed
     * @description By path. A push changes GitLab, a pull Dot. A run that awaits confirmation lists the deletions that it asks about.
     */
    get: operations['listRunChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/runs/{id}/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Agree to the deletions a run asks about
     * @description The files are deleted in Dot; their last versions can be restored. Also answers a question that was put off by cancelling its run. Returns the run that does it.
     */
    post: operations['confirmRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/runs/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follow a run
     * @description Server-Sent Events: `progress` immediately and on every change, then `finished`; the data is the run. The stream ends with the token. A comment every 25 s keeps it open. A caller may hold 10 open and an organisation 50, in each process.
     */
    get: operations['followRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/runs/{id}/keep': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Keep the files whose deletion a run asks about
     * @description Instead of `confirm`: the files go back to GitLab as one commit, or the next push proposes them by merge request. Also answers a question that was put off by cancelling its run. Returns the run that does it.
     */
    post: operations['keepRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/webhook/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the last 50 deliveries, newest first
     * @description Includes the outcome of each: accepted, or ignored or refused with the reason.
     */
    get: operations['listDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/webhook/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Register the webhook on GitLab
     * @description Creates or repairs it: push events of the configured branch, the secret, TLS verification, and signing if GitLab supports it. Needs the Maintainer role; without it the response lists the steps to do by hand. Also sends a test event.
     */
    post: operations['registerWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/webhook/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a new secret
     * @description The old one is accepted for ten more minutes. A registered webhook receives the new one; edit a webhook that was made by hand.
     */
    post: operations['rotateWebhookSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orgs/{org}/gitlab/webhook/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show the secret, for a webhook made by hand
     * @description Each call is recorded in the audit log. Only this response and that of a rotation hold the secret.
     */
    get: operations['readWebhookSecret'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Does the process answer?
     * @description Checks nothing else. Restart the process if it does not answer.
     */
    get: operations['readLiveness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Readiness: can the process do its work?
     * @description Lists the services it depends on, and whether they answer.
     */
    get: operations['readReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Figures for Prometheus
     * @description Answers on METRICS_PORT instead if that is set.
     */
    get: operations['readMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/gitlab/{endpointId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Receive a push event from GitLab
     * @description Triggers a check of the branch; the changes themselves are read from GitLab. Every proven delivery returns 2xx, because GitLab disables hooks that fail.
     */
    post: operations['receivePush'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ActorView: {
      name: string;
      /**
       * @description `service`: the service acts without a request, e.g. when it renews a token
       * @enum {string}
       */
      role: 'admin' | 'member' | 'operator' | 'service';
      /** @description The token's `sub` */
      subject: string;
    };
    AuditEntryView: {
      action: string;
      actor: components['schemas']['ActorView'];
      /** Format: date-time */
      at: string;
      /** @description The network address the request came from */
      from: string;
      /** Format: uuid */
      id: string;
      /** @description `ok`; `begun`, before a change on GitLab; or the code of the error */
      result: string;
      target: string | null;
    };
    AuditPage: {
      items: components['schemas']['AuditEntryView'][];
      nextCursor: string | null;
    };
    AuthorView: {
      email: string;
      name: string;
    };
    BranchChoice: {
      /** @description Whether GitLab lets this token push to it */
      canPush: boolean;
      default: boolean;
      name: string;
      protected: boolean;
    };
    BranchChoices: {
      items: components['schemas']['BranchChoice'][];
      /** @description Send it as `cursor` for the next page; null on the last */
      nextCursor: string | null;
    };
    ChangedView: {
      /**
       * Format: uuid
       * @description Becomes one commit; null if nothing changed
       */
      changeId: string | null;
      /** @description The org's revision now */
      revision: number;
    };
    ChangesBody: {
      /** @description Applied in order */
      changes: components['schemas']['EditBody'][];
      /** @description The commit's message; by default a summary of the edit */
      message?: string;
      /**
       * @description The kind of author
       * @default user
       * @enum {string}
       */
      source: 'user' | 'agent' | 'api';
    };
    ChannelView: {
      /** @enum {string} */
      channel: 'webhook' | 'slack' | 'email';
      /** Format: date-time */
      deliveredAt: string | null;
      /** @description Null unless the last delivery failed */
      failure: components['schemas']['FailureView'] | null;
    };
    CheckedConnectionView: {
      /** @description False hides “Create new project” */
      canCreateProjects: boolean;
      checks: components['schemas']['CheckView'][];
      /** Format: date-time */
      connectedAt: string;
      connectedBy: string;
      /** Format: date-time */
      expiresAt: string | null;
      /** @description With the path below which GitLab is served, if the operator listed one for the host */
      instanceUrl: string;
      /** @description A notice about the token for the admin: why no project can be created, or that it expires soon */
      notice: string | null;
      scopes: string[];
      /**
       * @description Present if the token renews itself
       * @enum {boolean}
       */
      selfRotation?: true;
      /** @enum {string} */
      tokenKind: 'personal' | 'project' | 'group';
      username: string;
    };
    ChecksView: {
      /** @enum {string} */
      database: 'ok' | 'unreachable';
      /**
       * @description Present once the process was asked to stop
       * @enum {string}
       */
      process?: 'stopping';
      /**
       * @description Present if Redis is configured
       * @enum {string}
       */
      redis?: 'ok' | 'unreachable';
      /**
       * @description `unlocked`: row-level security is not in force; ALLOW_UNLOCKED_TENANTS allows this
       * @enum {string}
       */
      tenants: 'locked' | 'unlocked';
    };
    CheckView: {
      detail: string;
      /** @description `instance`, `token`, `scope`; once a project is configured also `project`, `push` and `webhook` */
      name: string;
      ok: boolean;
    };
    ConfigureBody: {
      /** @description The project’s default branch if absent */
      branch?: string;
      /** @description Creates a private project under the token’s namespace. Needs a Personal Access Token. */
      create?: components['schemas']['NewProject'];
      /**
       * @description Directories or files, relative to the repository; at most 100
       * @default [
       *       "notes",
       *       "data_sources",
       *       "reports",
       *       "skills",
       *       "relationships.yaml"
       *     ]
       */
      directories: string[];
      /**
       * @description First sync only: the side that wins if both have a file
       * @default newest
       * @enum {string}
       */
      onConflict: 'newest' | 'dot' | 'gitlab';
      /** @description An existing project. Give either this or `create`. */
      projectId?: number;
      /**
       * @description Whether changes made in Dot become commits on the branch, or a merge request proposes them; `direct` at first
       * @enum {string}
       */
      publish?: 'direct' | 'merge_request';
      /** @description Seconds without an edit before changes are pushed to the work branch */
      quietSeconds?: number;
      /** @description The branch of the merge request; `-2`, `-3` and so on are added while the name is taken */
      workBranch?: string;
    };
    ConflictPage: {
      items: components['schemas']['ConflictView'][];
      nextCursor: string | null;
    };
    ConflictSideView: {
      /** Format: date-time */
      at: string;
      author: components['schemas']['AuthorView'];
      /** @description The commit it came from or became */
      commit: string | null;
      /** @description The version's id; its text may be pruned in time, unless it is the one that lost */
      version: string;
    };
    ConflictView: {
      /** Format: date-time */
      at: string;
      /** @description The version that both sides changed; null if there was none */
      base: components['schemas']['ConflictSideView'] | null;
      /** Format: uuid */
      id: string;
      /** @description The version that lost */
      kept: components['schemas']['ConflictSideView'];
      path: string;
      /**
       * Format: uuid
       * @description The run that found it
       */
      runId: string;
      /** @description The version that won */
      stands: components['schemas']['ConflictSideView'] | null;
      /** @enum {string} */
      winner: 'dot' | 'gitlab';
    };
    ConnectBody: {
      /** @description The instance, for self-hosted GitLab. Blank is https://gitlab.com. A project URL is cut to its host, and to the path below which GitLab is served if the operator listed the host with it. */
      instanceUrl?: string;
      /** @description Whether the token renews itself at GitLab before it expires (GitLab 16.10 and later); off by default. */
      selfRotation?: boolean;
      /** @description A personal, group or project access token with the `api` scope. Stored encrypted, never returned. */
      token: string;
    };
    ConnectionChangeBody: {
      /** @description Whether the token renews itself at GitLab before it expires (GitLab 16.10 and later); off by default. */
      selfRotation?: boolean;
      /** @description A token of the connected user, for the connected instance */
      token?: string;
    };
    ConnectionView: {
      /** @description False hides “Create new project” */
      canCreateProjects: boolean;
      /** Format: date-time */
      connectedAt: string;
      connectedBy: string;
      /** Format: date-time */
      expiresAt: string | null;
      /** @description With the path below which GitLab is served, if the operator listed one for the host */
      instanceUrl: string;
      /** @description A notice about the token for the admin: why no project can be created, or that it expires soon */
      notice: string | null;
      scopes: string[];
      /**
       * @description Present if the token renews itself
       * @enum {boolean}
       */
      selfRotation?: true;
      /** @enum {string} */
      tokenKind: 'personal' | 'project' | 'group';
      username: string;
    };
    CountsView: {
      conflicts: number;
      created: number;
      deleted: number;
      /** @description Files that a pull put back on GitLab, because an admin chose to keep them. With merge requests, the next push proposes them */
      putBack: number;
      quarantined: number;
      unchanged: number;
      updated: number;
    };
    DeliveriesView: {
      items: components['schemas']['DeliveryView'][];
      nextCursor: string | null;
    };
    DeliveryView: {
      /** Format: date-time */
      at: string;
      /** @description Number of further deliveries of this kind that are counted here: beyond ten a second, none has its own row */
      coalesced: number;
      /** @description Commit that the branch points to, according to the delivery */
      commit: string | null;
      event: string | null;
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      outcome: 'accepted' | 'ignored' | 'refused';
      /** @description Why it was ignored (`other_event`, `other_project`, `other_branch`, `own_commit`, `duplicate`, `not_configured`, `auto_pull_off`) or refused (`secret_missing`, `secret_wrong`, `signature_wrong`, `signature_expired`; only the last refusal of each kind is kept) */
      reason: string | null;
      /** @description The pull it led to */
      runId: string | null;
    };
    EditBody: {
      /** @description Required for `put`; a `move` without it keeps the text */
      content?: string;
      /** @description Required for `move` */
      from?: string;
      /** @enum {string} */
      op: 'put' | 'delete' | 'move';
      path: string;
    };
    FailureView: {
      /** Format: date-time */
      at: string;
      detail: string;
      /**
       * Format: date-time
       * @description When it is tried again; null if it was given up
       */
      retryAt: string | null;
    };
    FeedPage: {
      items: components['schemas']['StoredEventView'][];
      /** @description Send it as `after`, also when there is nothing new; null while there is no event */
      nextCursor: string | null;
    };
    FieldProblem: {
      detail: string;
      field: string;
    };
    FileCountsView: {
      conflict: number;
      dotAhead: number;
      /** @description Deleted on GitLab, and kept until an admin decides */
      gitlabAhead: number;
      inSync: number;
      /** @description Of merge-request mode */
      proposed: number;
      quarantined: number;
      /** @description Files in scope, as `…/gitlab/files` lists them */
      total: number;
    };
    FileStatePage: {
      items: components['schemas']['FileStateView'][];
      nextCursor: string | null;
    };
    FileStateView: {
      /** Format: date-time */
      at: string | null;
      dotBlob: string | null;
      gitlabBlob: string | null;
      path: string;
      /** @description Only of a file in quarantine */
      quarantine?: components['schemas']['QuarantineView'];
      /** @description Why it is not in sync. Of a file in sync: a warning about it, such as a name that resembles another one. A file that came from GitLab may also show hidden text (`hidden_control`) or a probable credential (`credential`). For people: names in it are spelled out, as in `\u{202E}`, while `path` is exact */
      reason?: string;
      /** @enum {string} */
      state: 'in_sync' | 'proposed' | 'dot_ahead' | 'gitlab_ahead' | 'conflict' | 'quarantined';
    };
    FilesView: {
      items: components['schemas']['FileView'][];
      nextCursor: string | null;
      revision: number;
    };
    FileView: {
      /** @description Git's blob id of the bytes; the ETag */
      blob: string;
      /** @enum {string} */
      origin: 'user' | 'agent' | 'api' | 'gitlab';
      path: string;
      /** @description Bytes */
      size: number;
      /** Format: date-time */
      updatedAt: string;
      updatedBy: components['schemas']['AuthorView'];
      version: string;
    };
    HandoverView: {
      detail: string;
      done: boolean;
    };
    HistoryEntryView: {
      /** Format: date-time */
      at: string;
      author: components['schemas']['AuthorView'];
      /** @description Null if the file was deleted */
      blob: string | null;
      /** Format: uuid */
      changeId: string;
      /** @description The commit it came from or became */
      commit: string | null;
      /** @description The path it was moved from */
      from: string | null;
      /** @description The version's id */
      id: string;
      /** @description For people: invisible characters are spelled out, as in `\u{202E}`; paths stay exact */
      message: string;
      /**
       * @description `keep` stores a text that lost a conflict; the file itself was not changed
       * @enum {string}
       */
      op: 'put' | 'delete' | 'keep';
      /** @enum {string} */
      origin: 'user' | 'agent' | 'api' | 'gitlab';
      path: string;
      revision: number;
      /** @description The sync run that made it */
      runId: string | null;
      /** @description The version's id, as `restore` takes it */
      version: string;
    };
    HistoryView: {
      items: components['schemas']['HistoryEntryView'][];
      nextCursor: string | null;
    };
    LivenessView: {
      status: string;
    };
    MergeRequestView: {
      /** @description Files that it would change */
      changes: number;
      /** @description GitLab found that the branches conflict */
      conflict: boolean;
      iid: number;
      /**
       * @description `closed`: a person refused it; `branch_deleted`: a person deleted its branch; `retargeted`: a person chose another target branch
       * @enum {string}
       */
      state: 'opened' | 'merged' | 'closed' | 'branch_deleted' | 'retargeted';
      title: string;
      /** Format: date-time */
      updatedAt: string;
      webUrl: string;
    };
    NewProject: {
      name: string;
    };
    NotificationsBody: {
      /** @description All addresses; needs a mail server of the operator */
      email?: string[] | null;
      /** @description An incoming webhook of Slack, Mattermost or any other chat that takes its messages */
      slack?: components['schemas']['SlackBody'] | null;
      webhook?: components['schemas']['WebhookBody'] | null;
    };
    NotificationsTestView: {
      /** @description One for each channel; empty if there is none */
      results: components['schemas']['TestResult'][];
    };
    NotificationsView: {
      /** @description How the last messages arrived, for each channel */
      channels: components['schemas']['ChannelView'][];
      /**
       * @description `host`: the program around the sync sends all messages itself; the channels are not used
       * @enum {string}
       */
      deliveredBy: 'channels' | 'host';
      email: string[];
      /** @description False if the operator has set no mail server */
      emailAvailable: boolean;
      slack: components['schemas']['SlackView'] | null;
      webhook: components['schemas']['UrlView'] | null;
    };
    PlanBody: {
      /** @description The project’s default branch if absent */
      branch?: string;
      /**
       * @description Directories or files, relative to the repository; at most 100
       * @default [
       *       "notes",
       *       "data_sources",
       *       "reports",
       *       "skills",
       *       "relationships.yaml"
       *     ]
       */
      directories: string[];
      /**
       * @description First sync only: the side that wins if both have a file
       * @default newest
       * @enum {string}
       */
      onConflict: 'newest' | 'dot' | 'gitlab';
      /** @description Needed with any of the others */
      projectId?: number;
      /**
       * @description Whether changes made in Dot become commits on the branch, or a merge request proposes them; `direct` at first
       * @enum {string}
       */
      publish?: 'direct' | 'merge_request';
      /** @description Seconds without an edit before changes are pushed to the work branch */
      quietSeconds?: number;
      /** @description The branch of the merge request; `-2`, `-3` and so on are added while the name is taken */
      workBranch?: string;
    };
    PlannedConflictView: {
      path: string;
      reason: string;
      /** @enum {string} */
      winner: 'dot' | 'gitlab';
    };
    PlannedQuarantineView: {
      path: string;
      reason: string;
    };
    PlannedView: {
      /** @enum {string} */
      op: 'create' | 'update' | 'delete' | 'move';
      path: string;
    };
    PlanView: {
      conflicts: components['schemas']['PlannedConflictView'][];
      /** @description The commit that the plan compares */
      head: string | null;
      pull: components['schemas']['PlannedView'][];
      push: components['schemas']['PlannedView'][];
      quarantined: components['schemas']['PlannedQuarantineView'][];
      /** @description What would refuse a merge request, if `publish` is `merge_request`: a role, a rule, a name */
      warnings: string[];
    };
    Problem: {
      /** @description Stable code for programs */
      code: string;
      /** @description The cause and the next step, for people */
      detail: string;
      errors?: components['schemas']['FieldProblem'][];
      status: number;
      title: string;
      type: string;
    };
    ProgressView: {
      done: number;
      total: number;
    };
    ProjectChoice: {
      /** @description An archived project accepts no commits and cannot be configured */
      archived: boolean;
      defaultBranch: string | null;
      emptyRepo: boolean;
      id: number;
      name: string;
      pathWithNamespace: string;
      webUrl: string;
    };
    ProjectChoices: {
      items: components['schemas']['ProjectChoice'][];
      /** @description Send it as `cursor` for the next page; null on the last */
      nextCursor: string | null;
    };
    ProjectView: {
      autoPull: boolean;
      autoSync: boolean;
      branch: string;
      /** @description Whether Dot created the project */
      created: boolean;
      /** @description Directories or files, relative to the repository; at most 100 */
      directories: string[];
      /** @description Whether the token's user makes the commits */
      fallbackAuthor: boolean;
      /** @description The merge request, as last seen */
      mergeRequest: components['schemas']['MergeRequestView'] | null;
      /** @description Precedes the message of each commit */
      messagePrefix: string;
      pathWithNamespace: string;
      projectId: number;
      /**
       * @description How changes made in Dot reach the branch
       * @enum {string}
       */
      publish: 'direct' | 'merge_request';
      /** @description Seconds without an edit before changes are pushed to it */
      quietSeconds: number;
      /**
       * @description Whether pulls post their result on the commit
       * @enum {string}
       */
      reportStatus: 'off' | 'on' | 'strict';
      /** @description The problems of the directories and their corrections: an entry that matches nothing, a pattern. Found when they were set. After `publish` was changed, also what the next push does with the changes that wait */
      warnings: string[];
      webUrl: string;
      /** @description The branch of the merge request */
      workBranch: string;
    };
    QuarantineView: {
      code: string;
      column: number | null;
      line: number | null;
      /** @description The problem and the next step */
      message: string;
    };
    QuotaView: {
      /** @description Bytes of the current files */
      bytes: number;
      files: number;
      maxBytes: number;
      maxFiles: number;
    };
    ReadinessView: {
      checks: components['schemas']['ChecksView'];
      /**
       * @description `degraded`: Redis is unavailable; work continues with delays
       * @enum {string}
       */
      status: 'ready' | 'degraded' | 'unready';
    };
    ReceiptView: {
      /** @description Reason why there is nothing to do */
      reason?: string;
      /** @enum {string} */
      status: 'accepted' | 'ignored';
    };
    RegisteredWebhookView: {
      /** @description Next step, if a person has to act */
      advice: string | null;
      /** @enum {string} */
      health: 'healthy' | 'silent' | 'never_delivered' | 'refused' | 'disabled' | 'missing' | 'not_permitted';
      /** Format: date-time */
      lastDeliveryAt: string | null;
      /**
       * @description `automatic`: made and maintained by `register`; `manual`: known only by its deliveries
       * @enum {string}
       */
      registered: 'automatic' | 'manual' | 'none';
      /** @description Whether GitLab could deliver a sample push */
      test: components['schemas']['TestView'];
      url: string;
    };
    ReleaseBody: {
      path: string;
    };
    RestoreBody: {
      /** @description The commit's message; by default a summary of the edit */
      message?: string;
      /** @description Required with `version` */
      path?: string;
      /**
       * Format: uuid
       * @description Instead of both: undoes what a sync run changed
       */
      runId?: string;
      /**
       * @description The kind of author
       * @default user
       * @enum {string}
       */
      source: 'user' | 'agent' | 'api';
      /** @description The version's id */
      version?: string;
    };
    RestoredView: {
      /** Format: uuid */
      changeId: string;
      revision: number;
    };
    RotatedWebhookView: {
      /** @description Next step, if a person has to act */
      advice: string | null;
      /** @description Whether GitLab has the new secret already */
      handover: components['schemas']['HandoverView'];
      /** @enum {string} */
      health: 'healthy' | 'silent' | 'never_delivered' | 'refused' | 'disabled' | 'missing' | 'not_permitted';
      /** Format: date-time */
      lastDeliveryAt: string | null;
      /**
       * @description `automatic`: made and maintained by `register`; `manual`: known only by its deliveries
       * @enum {string}
       */
      registered: 'automatic' | 'manual' | 'none';
      /** @description For GitLab's Secret token field */
      secret: string;
      /** @description For GitLab's Signing token field, if it has one */
      signingToken: string | null;
      url: string;
    };
    RunChangePage: {
      items: components['schemas']['RunChangeView'][];
      nextCursor: string | null;
    };
    RunChangeView: {
      /** @description Of a move: the path it was moved from */
      from?: string;
      /** @enum {string} */
      op: 'create' | 'update' | 'delete' | 'move';
      path: string;
    };
    RunErrorView: {
      /**
       * @description Only with `rate_limited`: `gitlab` limits the token or the address, or `dot` limits the organisation's requests to the host
       * @enum {string}
       */
      by?: 'gitlab' | 'dot';
      code: string;
      /** @description What to do next */
      detail: string;
      /**
       * Format: date-time
       * @description Set if it is retried automatically
       */
      retryAt: string | null;
    };
    RunPage: {
      items: components['schemas']['RunView'][];
      nextCursor: string | null;
    };
    RunView: {
      /** @description Requests it sent to GitLab */
      apiCalls: number;
      /** @description 0 until it first starts */
      attempt: number;
      /** @description The author of that commit */
      author: components['schemas']['AuthorView'] | null;
      /** @description The commits it made on GitLab; of a pull, those it took, oldest first (at most 200) */
      commits: string[];
      counts: components['schemas']['CountsView'];
      /** Format: date-time */
      createdAt: string;
      error: components['schemas']['RunErrorView'] | null;
      /** Format: date-time */
      finishedAt: string | null;
      /** @description GitLab's newest commit that it reached */
      head: string | null;
      /** Format: uuid */
      id: string;
      /**
       * @description The answer of an admin to a closed merge request that it carries out
       * @enum {string|null}
       */
      intent: 'propose' | 'discard' | null;
      /** @enum {string} */
      kind: 'initial' | 'push' | 'pull';
      progress: components['schemas']['ProgressView'];
      /** @description The person who requested it */
      requestedBy: string | null;
      /** Format: date-time */
      startedAt: string | null;
      /** @enum {string} */
      status: 'queued' | 'running' | 'succeeded' | 'failed' | 'awaiting_confirmation' | 'cancelled';
      /** @description The first line of the message of the newest commit that it took or made */
      title: string | null;
      /** @enum {string} */
      trigger: 'manual' | 'auto' | 'webhook' | 'poll' | 'configure';
    };
    SettingsBody: {
      /** @description Pull every push to the branch automatically */
      autoPull?: boolean;
      /** @description Push every change made in Dot automatically */
      autoSync?: boolean;
      /** @description Another branch starts over with a first sync */
      branch?: string;
      /** @description Directories or files, relative to the repository; at most 100 */
      directories?: string[];
      /** @description Makes commits as the token's user, for projects with a rule on authors; credits the author in the message */
      fallbackAuthor?: boolean;
      /** @description Precedes the message of each commit, for projects with a rule on messages; blank for none */
      messagePrefix?: string;
      /**
       * @description Whether changes made in Dot become commits on the branch, or a merge request proposes them; `direct` at first
       * @enum {string}
       */
      publish?: 'direct' | 'merge_request';
      /** @description Seconds without an edit before changes are pushed to the work branch */
      quietSeconds?: number;
      /**
       * @description Posts the result of each pull of a commit by someone else as the status `dot/context` of that commit. `strict` posts `failed` if files are kept out: the pipeline fails, and a project that requires successful pipelines blocks the merge
       * @enum {string}
       */
      reportStatus?: 'off' | 'on' | 'strict';
      /** @description The branch of the merge request; `-2`, `-3` and so on are added while the name is taken */
      workBranch?: string;
    };
    SlackBody: {
      url: string;
    };
    SlackView: {
      /** @description The origin; the rest is a secret */
      url: string;
    };
    StatusView: {
      connection: components['schemas']['ConnectionView'] | null;
      files: components['schemas']['FileCountsView'];
      /**
       * @description `attention`: a person must act: the sync stopped (and is retried less and less often, see `sync.nextAttemptAt`), or the token is about to expire; `failing`: retrying automatically
       * @enum {string}
       */
      health: 'ok' | 'syncing' | 'attention' | 'failing';
      /**
       * Format: date-time
       * @description When the oldest change that is not pushed was made
       */
      oldestPendingAt: string | null;
      /** @description How often GitLab is asked for changes while its webhook is silent; 0 is never */
      pollSeconds: number;
      project: components['schemas']['ProjectView'] | null;
      /** @description The space that the context files take, and the limits. Beyond them edits are refused and new files of GitLab wait */
      quota: components['schemas']['QuotaView'];
      /** @enum {string} */
      state: 'disconnected' | 'connected' | 'configured';
      sync: components['schemas']['SyncView'];
      /** @description The caller, by the token */
      viewer: components['schemas']['ViewerView'];
      webhook: components['schemas']['WebhookView'] | null;
    };
    StopView: {
      code: string;
      /** @description What to do next */
      detail: string;
      /**
       * Format: uuid
       * @description With `mass_delete_unconfirmed`: the run to confirm or keep, though it may be cancelled
       */
      runId?: string;
    };
    StoredEventView: {
      /** Format: date-time */
      at: string;
      /** @description The payload; its fields depend on the name */
      data: {
        [key: string]: unknown;
      };
      /** @description Grows with each event of the organisation */
      id: string;
      name: string;
    };
    SyncView: {
      /** @description The commit both sides last agreed on */
      baseCommit: string | null;
      conflicts: number;
      /** @description Why it stopped, or the error that is being retried */
      error: components['schemas']['StopView'] | null;
      lastRun: components['schemas']['RunView'] | null;
      /** Format: date-time */
      lastSyncedAt: string | null;
      /** Format: date-time */
      nextAttemptAt: string | null;
      /** @description Whether a pull is due */
      pendingPull: boolean;
      /** @description Changes made in Dot that a push would commit */
      pendingPush: number;
      quarantined: number;
    };
    TestResult: {
      /** @enum {string} */
      channel: 'webhook' | 'slack' | 'email';
      /** @description What went wrong */
      detail: string | null;
      ok: boolean;
    };
    TestView: {
      detail: string;
      ok: boolean;
    };
    UrlView: {
      url: string;
    };
    ViewerView: {
      name: string;
      /** @enum {string} */
      role: 'admin' | 'member' | 'operator';
    };
    WebhookBody: {
      /** @description Signs each message as [Standard Webhooks](https://www.standardwebhooks.com) says: `whsec_` and 24 to 64 bytes in base64. Needed with the first URL; the present secret stays if it is omitted. Never returned. */
      secret?: string;
      url: string;
    };
    WebhookSecretView: {
      /** @description For GitLab's Secret token field */
      secret: string;
      /** @description For GitLab's Signing token field, if it has one */
      signingToken: string | null;
    };
    WebhookView: {
      /** @description Next step, if a person has to act */
      advice: string | null;
      /** @enum {string} */
      health: 'healthy' | 'silent' | 'never_delivered' | 'refused' | 'disabled' | 'missing' | 'not_permitted';
      /** Format: date-time */
      lastDeliveryAt: string | null;
      /**
       * @description `automatic`: made and maintained by `register`; `manual`: known only by its deliveries
       * @enum {string}
       */
      registered: 'automatic' | 'manual' | 'none';
      url: string;
    };
    WrittenView: {
      blob: string;
      path: string;
      revision: number;
      version: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listAuditEntries: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditPage'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeFiles: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangesBody'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangedView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version_conflict` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `path_not_allowed`, `content_invalid`, `too_complex`, `quota_exceeded`, `too_many_operations` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `inspection_interrupted`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listFiles: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
        /** @description Only files whose path begins so */
        prefix?: string;
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FilesView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readFile: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the text you already have */
        'If-None-Match'?: string;
      };
      path: {
        org: string;
        /** @description Slashes as they are or as %2F */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The blob in quotes */
          ETag?: string;
          /** @description The org's revision */
          'X-Context-Revision'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/yaml': string;
          'text/markdown': string;
        };
      };
      /** @description You already have this text */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `path_not_allowed` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  writeFile: {
    parameters: {
      query?: {
        /** @description The commit's message; by default a summary of the edit */
        message?: string;
        /** @description The kind of author */
        source?: 'user' | 'agent' | 'api';
      };
      header?: {
        /** @description The ETag that the file must have now, or * for any existing file */
        'If-Match'?: string;
      };
      path: {
        org: string;
        /** @description Slashes as they are or as %2F */
        path: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/yaml': string;
        'text/markdown': string;
      };
    };
    responses: {
      /** @description The file was replaced, or already had this text */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WrittenView'];
        };
      };
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WrittenView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version_conflict` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `path_not_allowed`, `content_invalid`, `too_complex`, `quota_exceeded` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `inspection_interrupted`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteFile: {
    parameters: {
      query?: {
        /** @description The commit's message; by default a summary of the edit */
        message?: string;
        /** @description The kind of author */
        source?: 'user' | 'agent' | 'api';
      };
      header?: {
        /** @description The ETag that the file must have now, or * for any existing file */
        'If-Match'?: string;
      };
      path: {
        org: string;
        /** @description Slashes as they are or as %2F */
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangedView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version_conflict` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `path_not_allowed`, `content_invalid` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listHistory: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
        /** @description Only the history of this file */
        path?: string;
        /** @description Only what a push would still send */
        pending?: boolean;
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HistoryView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  restoreFiles: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RestoreBody'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangedView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version_conflict` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `path_not_allowed`, `content_invalid`, `too_complex`, `quota_exceeded` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `inspection_interrupted`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readVersion: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/yaml': string;
          'text/markdown': string;
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StatusView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listConflicts: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConflictPage'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  dismissConflict: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Dismissed */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  restoreConflict: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RestoredView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `path_not_allowed`, `content_invalid`, `quota_exceeded` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  connect: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConnectBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  disconnect: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Disconnected */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConnectionChangeBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `token_of_another_user` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  checkConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckedConnectionView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `secret_unreadable` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  followStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events, until the stream ends */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_streams`, `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listEvents: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page; the oldest events without it */
        after?: string;
        /** @description Most items on a page */
        limit?: number;
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FeedPage'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listFileStates: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
        /** @description Asks GitLab what changed since the last sync, so that `gitlab_ahead` shows; costs one to three calls */
        live?: boolean;
        state?: 'in_sync' | 'proposed' | 'dot_ahead' | 'gitlab_ahead' | 'conflict' | 'quarantined';
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FileStatePage'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readRemoteFile: {
    parameters: {
      query: {
        /** @description Dot's text is read by `…/context/files/{path}` */
        side: 'gitlab';
      };
      header?: never;
      path: {
        org: string;
        path: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused`, `secret_unreadable`, `project_not_found` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  releaseFile: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReleaseBody'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  discard: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  propose: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readNotifications: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationsView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `secret_unreadable` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeNotifications: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NotificationsBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationsView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  testNotifications: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationsTestView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `secret_unreadable` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  previewSync: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PlanBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlanView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused`, `secret_unreadable`, `project_not_found`, `project_gone`, `project_archived`, `branch_not_found`, `branch_gone` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  configureProject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfigureBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `project_name_taken` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused`, `secret_unreadable`, `token_cannot_create_projects`, `project_not_found`, `project_archived`, `branch_not_found` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  removeProject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removed */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeProject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SettingsBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured`, `configuration_changed` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused`, `secret_unreadable`, `project_not_found`, `branch_not_found` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listProjects: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
        /** @description Part of the name, such as `context` */
        search?: string;
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectChoices'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused`, `secret_unreadable` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listBranches: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
        /** @description Part of the name, such as `context` */
        search?: string;
      };
      header?: never;
      path: {
        org: string;
        projectId: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BranchChoices'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused`, `secret_unreadable`, `project_not_found` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  pull: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  push: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRuns: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunPage'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  cancelRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `run_over` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRunChanges: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunChangePage'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  confirmRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `run_not_awaiting_confirmation` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  followRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events, until the stream ends */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_streams`, `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  keepRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `run_not_awaiting_confirmation` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listDeliveries: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the previous page */
        cursor?: string;
        /** @description Most items on a page */
        limit?: number;
      };
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveriesView'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  registerWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegisteredWebhookView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `token_rejected`, `token_scope_missing`, `instance_unreachable`, `instance_not_gitlab`, `instance_blocked`, `gitlab_refused`, `secret_unreadable`, `project_not_found`, `webhook_not_permitted`, `webhook_url_refused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate_limited`, `gitlab_unavailable`, `gitlab_answer_invalid`, `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RotatedWebhookView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        org: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSecretView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden_org`, `forbidden_role` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_connected`, `not_configured` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `secret_unreadable` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `vault_key_unknown`, `database_unavailable`, `auth_unavailable` */
      503: {
        headers: {
          /** @description Seconds to wait */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LivenessView'];
        };
      };
      /** @description The request did not arrive in time */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  readReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadinessView'];
        };
      };
      /** @description The request did not arrive in time */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The database does not answer, or the process is stopping */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadinessView'];
        };
      };
    };
  };
  readMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Prometheus text format */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description The request did not arrive in time */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  receivePush: {
    parameters: {
      query?: never;
      header?: {
        /** @description GitLab 19.0 and later */
        'webhook-signature'?: string;
        /** @description The secret; optional if the delivery is signed */
        'X-Gitlab-Token'?: string;
      };
      path: {
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description There is nothing to do */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiptView'];
        };
      };
      /** @description The branch is going to be checked */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiptView'];
        };
      };
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
