import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CredentialsService } from '@app/credentials';
import { EndpointChanges } from './endpoint-changes';

/** A disconnect destroys the webhook's keys with the token; deliveries then find no endpoint. */
@Injectable()
export class DestroyKeysOnDisconnect implements OnModuleInit {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly changes: EndpointChanges,
  ) {}

  onModuleInit(): void {
    this.credentials.onDisconnect((org) => this.changes.remove(org));
  }
}
