import type { DomainError } from '@app/kernel';
import {
  HookNotFound,
  WebhookNotPermitted,
  WebhookTestFailed,
  WebhookUrlRefused,
} from '../../errors/hook.errors';
import type { ErrorBody } from './error-body';

/** Translates the errors that any call about hooks may return (docs/gitlab-api.md#manage-hooks). */
export function hookError({ status, text }: ErrorBody): DomainError | undefined {
  if (status === 403) return new WebhookNotPermitted();
  if (status === 404) return new HookNotFound();
  if (status === 422 && /\burl\b/i.test(text)) return new WebhookUrlRefused(text);
  return undefined;
}

export function hookTestError(said: ErrorBody): DomainError | undefined {
  return said.status === 422 ? new WebhookTestFailed(said.text || 'no reason given') : hookError(said);
}
