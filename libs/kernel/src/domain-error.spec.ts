import { DomainError } from './domain-error';

class NameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'project_name_taken';
  constructor(name: string) {
    super(`${name} is taken. Choose another name.`, {
      errors: [{ field: 'name', detail: `${name} is taken` }],
    });
  }
}

describe('A domain error', () => {
  it('shows names from elsewhere inert, in its sentence and its details', () => {
    const error = new NameTaken('gpj.\u202Edm\u0000');
    expect(error.message).toBe('gpj.\\u{202E}dm\\u{0} is taken. Choose another name.');
    expect(error.errors).toEqual([{ field: 'name', detail: 'gpj.\\u{202E}dm\\u{0} is taken' }]);
  });
});
