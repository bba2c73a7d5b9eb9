import { Controller, Param, PayloadTooLargeException, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AllowedTo, ApiProblems, bodyAsSent } from '@app/http';
import { WebhookApi } from '../application/webhook.api';
import { ReceiptView } from './webhook.dto';

@ApiTags('Webhooks')
@AllowedTo('anyone')
@Controller('webhooks/gitlab')
export class GitLabWebhookController {
  constructor(private readonly webhook: WebhookApi) {}

  @Post(':endpointId')
  @ApiOperation({
    summary: 'Receive a push event from GitLab',
    description:
      'Triggers a check of the branch; the changes themselves are read from GitLab. Every proven delivery returns 2xx, because GitLab disables hooks that fail.',
  })
  @ApiHeader({
    name: 'X-Gitlab-Token',
    description: 'The secret; optional if the delivery is signed',
  })
  @ApiHeader({ name: 'webhook-signature', required: false, description: 'GitLab 19.0 and later' })
  @ApiAcceptedResponse({ type: ReceiptView, description: 'The branch is going to be checked' })
  @ApiOkResponse({ type: ReceiptView, description: 'There is nothing to do' })
  @ApiProblems({
    401: ['unauthenticated'],
    404: ['not_found'],
    413: ['body_too_large'],
    415: ['unsupported_media_type'],
  })
  async receivePush(
    @Param('endpointId') endpointId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const receipt = await this.webhook.receive(endpointId, request.headers, bodyAsSent(request));
    if (receipt.status === 'too_large') throw new PayloadTooLargeException();
    // Bypasses Express, which would hash each response for an ETag.
    response.statusCode = receipt.status === 'accepted' ? 202 : 200;
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(receipt satisfies ReceiptView));
  }
}
