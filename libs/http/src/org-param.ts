import { Param, type PipeTransform } from '@nestjs/common';
import { orgId, type OrgId } from '@app/kernel';

class OrgIdPipe implements PipeTransform<string, OrgId> {
  transform(value: string): OrgId {
    return orgId(value);
  }
}

/** Injects the `{org}` of the path. */
export const OrgParam = () => Param('org', OrgIdPipe);
