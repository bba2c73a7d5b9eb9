import { Retention } from './retention';

describe('Retention', () => {
  it.each([0, -1, NaN, '30' as never])('refuses %p as a number of days', (days) => {
    expect(() => new Retention({ runDays: days })).toThrow('retention.runDays');
  });

  it('keeps audit entries for at least 30 days', () => {
    expect(() => new Retention({ auditDays: 29 })).toThrow('retention.auditDays');
    expect(new Retention({ auditDays: 30 }).auditDays).toBe(30);
  });
});
