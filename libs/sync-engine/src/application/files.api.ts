import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@app/audit';
import { mapPage, type Actor, type OrgId, type Page } from '@app/kernel';
import { fileStateView, type FileStateView } from './finding.view';
import { FileStates, type FileStatesRequest } from './queries/file-states';
import { ReadRemoteFile } from './queries/read-remote-file';
import { ReleaseFile } from './requests/release-file';
import { runView, type RunView } from './run.view';

/** The state of an org's files on both sides, for people. */
@Injectable()
export class FilesApi {
  constructor(
    private readonly states: FileStates,
    private readonly remoteFiles: ReadRemoteFile,
    private readonly releases: ReleaseFile,
    private readonly trail: AuditTrail,
  ) {}

  /** Lists the state of each file; `live` asks GitLab what changed since the last sync. @throws NotConnected, NotConfigured */
  async files(org: OrgId, request: FileStatesRequest = {}): Promise<Page<FileStateView>> {
    return mapPage(await this.states.execute(org, request), fileStateView);
  }

  /** Returns GitLab's text of a file that was kept out of Dot. @throws RemoteFileNotFound, NotConnected, NotConfigured */
  remoteFile(org: OrgId, path: string): Promise<Buffer> {
    return this.remoteFiles.execute(org, path);
  }

  /**
   * Releases a quarantined file to GitLab in spite of its present findings. Returns the pull after which the file is
   * pending again. @throws FileNotHeld, NotConnected, NotConfigured
   */
  releaseFile(org: OrgId, path: string, by: Actor): Promise<RunView> {
    return this.trail.attempt({ org, action: 'file.release', by, target: null }, async (act) =>
      runView(await this.releases.execute(org, path, act)),
    );
  }
}
