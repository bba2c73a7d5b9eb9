export { ConflictsController } from './conflicts.controller';
export { FilesController } from './files.controller';
export { ProposalsController } from './proposals.controller';
export { RemoteFileController } from './remote-file.controller';
export { RequestsController } from './requests.controller';
export { RunView } from './run.dto';
export { RunsController } from './runs.controller';
