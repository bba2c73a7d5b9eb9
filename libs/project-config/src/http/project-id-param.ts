import { Param, type PipeTransform } from '@nestjs/common';
import { ValidationFailed } from '@app/http';

class ProjectIdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    const id = Number(value);
    if (/^\d+$/.test(value) && Number.isSafeInteger(id) && id > 0) return id;
    throw new ValidationFailed([{ field: 'projectId', detail: 'must be the number of a project' }]);
  }
}

/** The `{projectId}` of the path. */
export const ProjectIdParam = () => Param('projectId', ProjectIdPipe);
