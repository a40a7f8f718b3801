import { describe, expect, it } from 'vitest';
import { all, equals, inYear, member, related } from './conditions';

describe('conditions', () => {
  it('never become null operands, which the API refuses', () => {
    expect(all({ a: undefined, b: undefined })).toBeUndefined();
    expect(all({ a: undefined, b: { eq: 1 } })).toEqual({ b: { eq: 1 } });
    expect(equals(null)).toBeUndefined();
    expect(related('')).toBeUndefined();
  });

  it('do not trust an address', () => {
    expect(member('PLAN', ['PLAN', 'REPORT'])).toBe('PLAN');
    expect(member('plan; drop', ['PLAN'])).toBeUndefined();
    expect(inYear('2022')).toEqual({ gte: '2022-01-01', lte: '2022-12-31' });
    for (const bad of [null, '', '22', '20222', 'abcd']) expect(inYear(bad)).toBeUndefined();
  });
});
