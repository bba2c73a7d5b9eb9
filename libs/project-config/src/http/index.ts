export { ProjectController } from './project.controller';
export { ProjectView } from './project.dto';
export { ProjectsController } from './projects.controller';
