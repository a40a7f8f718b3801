import { expect, it } from 'vitest';
import { withParameters } from './address';

it('changes what is named, drops what is empty, keeps the rest', () => {
  expect(withParameters('year=2022&after=x', { after: undefined, kind: 'PLAN' })).toBe('?year=2022&kind=PLAN');
  expect(withParameters('a=1', { a: '' })).toBe('');
  expect(withParameters('', { text: '食品 安全&x' })).toBe('?text=%E9%A3%9F%E5%93%81+%E5%AE%89%E5%85%A8%26x');
});
